package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.TrainingConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;

class BatchesTest {
  private final List<List<Integer>> seen = new ArrayList<>();
  private final List<Integer> examples = new ArrayList<>();

  /** Examples that are their own length, and an encoder that notes what it is given. */
  private final Encoder<Integer, Integer> encoder =
      new Encoder<>() {
        @Override
        public Integer prepare(Integer example) {
          return example;
        }

        @Override
        public MultiDataSet encode(List<Integer> batch) {
          seen.add(batch);
          return new MultiDataSet();
        }

        @Override
        public int length(Integer example) {
          return example;
        }
      };

  @BeforeEach
  void manyLengths() {
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      examples.add(1 + random.nextInt(60));
    }
    examples.add(1000);
  }

  private List<List<Integer>> epoch(Batches<Integer> batches, int epoch) {
    seen.clear();
    batches.startEpoch(epoch);
    while (batches.hasNext()) {
      batches.next();
    }
    return new ArrayList<>(seen);
  }

  @Test
  void everyExampleComesOnceAndNoBatchIsOverBudget() {
    List<List<Integer>> batches = epoch(new Batches<>(examples, encoder, 32, 800, 1), 1);

    List<Integer> all = new ArrayList<>();
    batches.forEach(all::addAll);
    assertThat(all).containsExactlyInAnyOrderElementsOf(examples);
    for (List<Integer> batch : batches) {
      int longest = batch.stream().mapToInt(i -> i).max().orElseThrow();
      assertThat(batch.size()).isBetween(1, 32);
      assertThat(batch.size() == 1 || batch.size() * longest <= 800).as("%s", batch).isTrue();
    }
  }

  @Test
  void examplesVaryByEpochAndPlaceAndSeedAlone() {
    Variation<Integer> variation = (example, random) -> example + random.nextInt(1_000_000);
    TrainingConfig config = TrainingConfig.defaults();
    List<List<Integer>> first = epoch(new Batches<>(examples, encoder, config, variation), 1);
    Batches<Integer> batches = new Batches<>(examples, encoder, config, variation);
    List<List<Integer>> second = epoch(batches, 2);
    assertThat(epoch(batches, 1)).isEqualTo(first);
    Set<Integer> distinct = new HashSet<>();
    List.of(first, second).forEach(epoch -> epoch.forEach(distinct::addAll));
    assertThat(distinct).hasSizeGreaterThan(2 * examples.size() - 200);

    seen.clear();
    batches.startEpoch(2);
    batches.skip(5);
    batches.next();
    assertThat(seen).containsExactly(second.get(5));
  }

  @Test
  void littleOfABatchIsPadding() {
    long padded = 0;
    long words = 0;
    for (List<Integer> batch : epoch(new Batches<>(examples, encoder, 32, 10_000, 1), 1)) {
      padded += (long) batch.size() * batch.stream().mapToInt(i -> i).max().orElseThrow();
      words += batch.stream().mapToInt(i -> i).sum();
    }
    assertThat((double) words / padded).isGreaterThan(0.9);
  }

  @Test
  void theSeedAndTheEpochDecideTheOrder() {
    List<List<Integer>> first = epoch(new Batches<>(examples, encoder, 32, 800, 1), 1);
    List<List<Integer>> second = epoch(new Batches<>(examples, encoder, 32, 800, 1), 2);
    List<List<Integer>> otherSeed = epoch(new Batches<>(examples, encoder, 32, 800, 2), 1);

    assertThat(epoch(new Batches<>(examples, encoder, 32, 800, 1), 1)).isEqualTo(first);
    assertThat(second).isNotEqualTo(first);
    assertThat(otherSeed).isNotEqualTo(first);
  }

  @Test
  void skippingGoesOnWhereAnotherRunStopped() {
    List<List<Integer>> whole = epoch(new Batches<>(examples, encoder, 32, 800, 1), 3);
    Batches<Integer> resumed = new Batches<>(examples, encoder, 32, 800, 1);
    resumed.startEpoch(3);
    resumed.skip(20);
    seen.clear();
    while (resumed.hasNext()) {
      assertThat(resumed.nextSize()).isEqualTo(whole.get(20 + seen.size()).size());
      resumed.next();
    }
    assertThat(seen).isEqualTo(whole.subList(20, whole.size()));
  }

  @Test
  void predictionGoesFromLongToShort() {
    List<List<Integer>> batches = Batches.byLength(new int[] {3, 9, 1, 9, 2}, 2, 18);
    assertThat(batches).isEqualTo(List.of(List.of(1, 3), List.of(0, 4), List.of(2)));
    assertThat(Batches.byLength(new int[0], 2, 18)).isEmpty();
    assertThat(Arrays.asList(Batches.byLength(new int[] {50}, 2, 18).get(0).toArray()))
        .containsExactly(0);
  }
}
