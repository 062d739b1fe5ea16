package dev.unroll.layers.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveCutoffsTest {

  /** All ways to cut at a boundary, one by one. */
  @ParameterizedTest
  @CsvSource({
    "600, 64, 1",
    "600, 256, 1",
    "50, 32, 1.3",
    "600, 64, 0",
    "600, 128, 1.5",
    "9, 100, 2",
    "2, 8, 3"
  })
  void areTheBestOfAll(int classes, int width, double exponent) {
    long[] counts = zipf(classes, exponent);
    int[] boundaries =
        IntStream.range(0, 60)
            .map(i -> (int) Math.round(Math.pow(2, i / 4.0)))
            .filter(boundary -> boundary < classes)
            .distinct()
            .toArray();
    List<int[]> all = new ArrayList<>();
    for (int a = 0; a < boundaries.length; a++) {
      all.add(new int[] {boundaries[a]});
      for (int b = a + 1; b < boundaries.length; b++) {
        all.add(new int[] {boundaries[a], boundaries[b]});
        for (int c = b + 1; c < boundaries.length; c++) {
          all.add(new int[] {boundaries[a], boundaries[b], boundaries[c]});
        }
      }
    }
    double whole = classes * (width + 16.0);
    double least =
        all.stream()
            .filter(cut -> share(counts, 0, cut[0]) >= 0.8)
            .mapToDouble(cut -> work(counts, width, cut))
            .min()
            .orElse(whole);
    int[] found = AdaptiveCutoffs.of(counts, width);
    if (least < whole / 2) {
      assertThat(share(counts, 0, found[0])).isGreaterThanOrEqualTo(0.8);
      assertThat(work(counts, width, found)).isLessThanOrEqualTo(least * (1 + 1e-9));
    } else {
      assertThat(found).isEmpty();
    }
  }

  private static double share(long[] counts, int from, int to) {
    return Arrays.stream(counts, from, to).sum() / (double) Arrays.stream(counts).sum();
  }

  private static double work(long[] counts, int width, int[] cutoffs) {
    double work = (width + 16.0) * (cutoffs[0] + cutoffs.length);
    int projected = width;
    for (int i = 0; i < cutoffs.length; i++) {
      int end = i + 1 < cutoffs.length ? cutoffs[i + 1] : counts.length;
      projected /= 4;
      int values = Math.min(width, Math.max(16, projected));
      work +=
          share(counts, cutoffs[i], end) * (width * values + (values + 16.0) * (end - cutoffs[i]));
    }
    return work;
  }

  @Test
  void wordsOfALanguageAreCutIntoAHeadAndTails() {
    int[] cutoffs = AdaptiveCutoffs.of(zipf(100_000, 1), 256);
    assertThat(cutoffs).hasSizeBetween(2, 3).isSorted();
    assertThat(cutoffs[0]).isBetween(500, 10_000);
    assertThat(work(zipf(100_000, 1), 256, cutoffs)).isLessThan(100_000 * (256 + 16.0) / 5);
  }

  @Test
  void fewClassesAreBestLeftWhole() {
    assertThat(AdaptiveCutoffs.of(zipf(20, 1), 256)).isEmpty();
    assertThat(AdaptiveCutoffs.of(new long[] {5}, 256)).isEmpty();
    assertThat(AdaptiveCutoffs.of(new long[0], 256)).isEmpty();
  }

  private static long[] zipf(int classes, double exponent) {
    return IntStream.rangeClosed(1, classes)
        .mapToLong(rank -> Math.max(1, Math.round(1e7 / Math.pow(rank, exponent))))
        .toArray();
  }
}
