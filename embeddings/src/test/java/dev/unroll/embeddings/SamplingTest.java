package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is drawn at random is drawn with the probabilities of the papers. */
class SamplingTest {
  private static final int DRAWS = 400_000;
  private static final long[] COUNTS = {100_000, 20_000, 5_000, 5_000, 300, 40, 7, 5};

  private static Lexicon lexicon(long... counts) {
    List<String> words = IntStream.range(0, counts.length).mapToObj(i -> "w" + i).toList();
    return new Lexicon(words, counts);
  }

  /** Six standard deviations of a share. */
  private static double tolerance(double p) {
    return 6 * Math.sqrt(p * (1 - p) / DRAWS) + 1e-9;
  }

  @Test
  void negativesFollowTheCountsToThreeQuarters() {
    NegativeSampler sampler = new NegativeSampler(lexicon(COUNTS));
    SplittableRandom random = new SplittableRandom(1);
    int[] drawn = new int[COUNTS.length];
    for (int i = 0; i < DRAWS; i++) {
      drawn[sampler.draw(random)]++;
    }
    double sum = 0;
    for (long count : COUNTS) {
      sum += Math.pow(count, 0.75);
    }
    for (int i = 0; i < COUNTS.length; i++) {
      double p = Math.pow(COUNTS[i], 0.75) / sum;
      assertThat((double) drawn[i] / DRAWS).isCloseTo(p, within(tolerance(p)));
    }
  }

  @Test
  void aSingleWordIsAlwaysDrawn() {
    NegativeSampler sampler = new NegativeSampler(lexicon(3));
    assertThat(sampler.draw(new SplittableRandom(1))).isZero();
  }

  @Test
  void frequentWordsAreKeptWithWord2vecsProbability() {
    Lexicon lexicon = lexicon(COUNTS);
    Subsampler subsampler = new Subsampler(lexicon, 1e-3);
    for (int word = 0; word < COUNTS.length; word++) {
      double f = (double) COUNTS[word] / lexicon.total();
      double p = Math.min(1, (Math.sqrt(f / 1e-3) + 1) * 1e-3 / f);
      SplittableRandom random = new SplittableRandom(word);
      int kept = 0;
      for (int i = 0; i < DRAWS; i++) {
        kept += subsampler.keeps(word, random) ? 1 : 0;
      }
      assertThat((double) kept / DRAWS).isCloseTo(p, within(tolerance(p) + 1e-6));
    }
  }

  @Test
  void aThresholdOfZeroKeepsEverything() {
    Subsampler subsampler = new Subsampler(lexicon(COUNTS), 0);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      assertThat(subsampler.keeps(0, random)).isTrue();
    }
  }

  @Test
  void theTableOfTheLogisticFunctionIsCloseToIt() {
    for (float x = -7; x <= 7; x += 1e-3f) {
      double expected = Math.abs(x) >= 6 ? (x > 0 ? 1 : 0) : 1 / (1 + Math.exp(-x));
      assertThat((double) Sigmoid.of(x)).isCloseTo(expected, within(3e-4));
    }
    assertThat(Sigmoid.of(Math.nextDown(6f))).isCloseTo(1, within(3e-3f));
    assertThat(Sigmoid.of(Math.nextUp(-6f))).isCloseTo(0, within(3e-3f));
  }
}
