package dev.unroll.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two halves counted apart and added give what both counted as one give. */
class ScoresTest {
  private final Random random = new Random(5);

  @Test
  void confusionsAddUp() {
    Confusion all = new Confusion(List.of("a", "b", "c"));
    Confusion one = new Confusion(all.labels());
    Confusion other = new Confusion(all.labels());
    for (int i = 0; i < 200; i++) {
      int gold = random.nextInt(3);
      double p = random.nextDouble();
      double[] probabilities = {p, (1 - p) / 3, 2 * (1 - p) / 3};
      all.add(gold, probabilities);
      (i < 70 ? one : other).add(gold, probabilities);
    }
    Confusion sum = one.plus(other);
    assertThat(sum.logLoss()).isCloseTo(all.logLoss(), within());
    assertThat(sum.toString()).isEqualTo(all.toString());
    assertThat(one.examples()).isEqualTo(70);
    Confusion foreign = new Confusion(List.of("a", "b"));
    assertThatThrownBy(() -> one.plus(foreign)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void spansAddUp() {
    List<String> tags = List.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "I-");
    SpanScores all = new SpanScores();
    SpanScores one = new SpanScores();
    SpanScores other = new SpanScores();
    for (int i = 0; i < 300; i++) {
      List<String> gold = random.ints(9, 0, 6).mapToObj(tags::get).toList();
      List<String> answer = random.ints(9, 0, 6).mapToObj(tags::get).toList();
      answer = i % 3 == 0 ? gold : answer;
      all.add(gold, answer);
      (i < 120 ? one : other).add(gold, answer);
    }
    assertThat(one.plus(other).toMap()).isEqualTo(all.toMap());
  }

  @Test
  void perplexitiesAddUp() {
    Perplexity one = new Perplexity();
    one.add(-3, 2);
    one.addUnknown(1);
    Perplexity other = new Perplexity();
    other.add(-5, 6);
    Perplexity sum = one.plus(other);
    assertThat(sum.natsPerCharacter()).isEqualTo(1);
    assertThat(sum.unknown()).isEqualTo(1);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-12);
  }
}
