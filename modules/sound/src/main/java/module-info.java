/** Sound before it becomes numbers that a network reads: recordings and their features. */
module dev.unroll.sound {
  requires transitive dev.unroll.data;
  requires java.desktop;

  exports dev.unroll.sound;
}
