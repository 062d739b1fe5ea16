/** Examples, models on disk and what a training is asked for and tells. */
module dev.unroll.data {
  requires transitive com.google.gson;
  requires org.slf4j;

  exports dev.unroll.data;
  exports dev.unroll.data.tensors;

  opens dev.unroll.data to
      com.google.gson;
}
