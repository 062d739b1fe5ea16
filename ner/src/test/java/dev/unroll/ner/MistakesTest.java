package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counted by hand. */
class MistakesTest {
  private static final List<TaggedSentence> SENTENCES =
      List.of(
          new TaggedSentence(
              List.of("Ada", "met", "Bo", "Lee", "in", "New", "York"),
              List.of("B-PER", "O", "B-PER", "I-PER", "O", "B-LOC", "I-LOC")),
          new TaggedSentence(List.of("Oslo", "slept", "Eve"), List.of("B-LOC", "O", "B-PER")));

  private static final List<List<Entity>> ANSWERS =
      List.of(
          List.of(
              new Entity("PER", 0, 1, 0.9),
              new Entity("PER", 3, 4, 0.4),
              new Entity("ORG", 5, 7, 0.8)),
          List.of(new Entity("PER", 0, 2, 0.7), new Entity("LOC", 1, 2, 0.3)));

  @Test
  void kindsAreCounted() {
    var training = KnownEntities.of(List.of(new TaggedSentence(List.of("ADA"), List.of("B-PER"))));
    assertThat(new SpanErrors(SENTENCES, ANSWERS, training).toMap())
        .containsExactlyInAnyOrderEntriesOf(
            (Map.of(
                "right",
                1,
                "wrongType",
                1,
                "wrongBoundary",
                1,
                "wrongTypeAndBoundary",
                1,
                "invented",
                1,
                "missed",
                1,
                "known",
                1,
                "knownFound",
                1,
                "new",
                4,
                "newFound",
                0)));
    assertThat(new SpanErrors(SENTENCES, ANSWERS, training).toString())
        .contains("new                    0 of      4    0.00%");
  }

  @Test
  void theSurestComeFirst() {
    List<Mistake> worst = worst(2);
    assertThat(worst.get(0))
        .isEqualTo(new Mistake("ORG New York", "LOC New York", 0.8, "Ada met Bo Lee in New York"));
    assertThat(worst.get(1)).hasToString("none (0.7500), there is PER Eve: Oslo slept Eve");
    assertThat(worst(99)).hasSize(5);
    assertThat(worst(99).get(2))
        .hasToString("PER Oslo slept (0.7000), there is LOC Oslo: Oslo slept Eve");
    assertThat(worst(99).get(4).annotated()).isEmpty();
    assertThat(worst(0)).isEmpty();
  }

  private static List<Mistake> worst(int count) {
    return Mistake.worst(
        SENTENCES,
        ANSWERS,
        count,
        (sentence, missed) -> sentence.text(missed).equals("Eve") ? 0.75 : Double.NaN);
  }
}
