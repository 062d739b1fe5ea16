/** Text before it becomes numbers: tokens, vocabularies, word vectors. */
module dev.unroll.text {
  requires transitive dev.unroll.data;

  exports dev.unroll.text;
}
