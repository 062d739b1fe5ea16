package dev.unroll.ner;

import dev.unroll.text.Vocabulary;
import dev.unroll.training.Encoder;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * {@link TagEncoder#forTraining}. What it drops follows from the seed and the sentences of the
 * batch in their order; batches are cut anew in every epoch. So nothing needs to be kept for a
 * training that is stopped and resumed.
 */
final class DroppingEncoder implements Encoder<TaggedSentence, EncodedSentence> {
  private final TagEncoder encoder;
  private final double rate;
  private final long seed;

  DroppingEncoder(TagEncoder encoder, double rate, long seed) {
    this.encoder = encoder;
    this.rate = rate;
    this.seed = seed;
  }

  @Override
  public EncodedSentence prepare(TaggedSentence sentence) {
    return encoder.prepare(sentence);
  }

  @Override
  public int length(EncodedSentence sentence) {
    return encoder.length(sentence);
  }

  @Override
  public MultiDataSet encode(List<EncodedSentence> sentences) {
    long state = seed;
    for (EncodedSentence sentence : sentences) {
      state = state * 0x9E3779B97F4A7C15L + sentence.hash();
    }
    SplittableRandom random = new SplittableRandom(state);
    double a = rate / (1 - rate);
    return encoder.encode(
        sentences,
        (sentence, step) -> {
          int id = sentence.words()[step];
          long count = encoder.vocabulary().count(id);
          return random.nextDouble() < a / (a + count) ? Vocabulary.UNKNOWN_ID : id;
        });
  }
}
