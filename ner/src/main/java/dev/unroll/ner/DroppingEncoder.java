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
final class DroppingEncoder implements Encoder<TaggedSentence> {
  private final TagEncoder encoder;
  private final double rate;
  private final long seed;

  DroppingEncoder(TagEncoder encoder, double rate, long seed) {
    this.encoder = encoder;
    this.rate = rate;
    this.seed = seed;
  }

  @Override
  public MultiDataSet encode(List<TaggedSentence> sentences) {
    long state = seed;
    for (TaggedSentence sentence : sentences) {
      state = state * 0x9E3779B97F4A7C15L + sentence.words().hashCode();
    }
    SplittableRandom random = new SplittableRandom(state);
    double a = rate / (1 - rate);
    return encoder.encode(
        sentences,
        word -> {
          int id = encoder.id(word);
          long count = encoder.vocabulary().count(id);
          return random.nextDouble() < a / (a + count) ? Vocabulary.UNKNOWN_ID : id;
        });
  }

  @Override
  public int length(TaggedSentence sentence) {
    return encoder.length(sentence);
  }
}
