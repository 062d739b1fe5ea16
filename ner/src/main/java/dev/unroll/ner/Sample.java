package dev.unroll.ner;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;

/** The small sample of sentences that comes with the program. */
final class Sample {
  private Sample() {}

  static Corpus<TaggedSentence> train() {
    return read("train.conll");
  }

  static Corpus<TaggedSentence> test() {
    return read("test.conll");
  }

  private static Corpus<TaggedSentence> read(String name) {
    String resource = "sample/" + name;
    return ConllReader.read(
        TextSource.of("the sample " + name, Sample.class.getResourceAsStream(resource)));
  }
}
