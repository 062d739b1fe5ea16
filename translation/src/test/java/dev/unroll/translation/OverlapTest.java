package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Corpus;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverlapTest {
  private static Corpus<SentencePair> corpus(String... texts) {
    List<SentencePair> pairs =
        IntStream.range(0, texts.length / 2)
            .mapToObj(i -> new SentencePair(texts[2 * i], texts[2 * i + 1]))
            .toList();
    return new Corpus<>(pairs, "pairs", "none");
  }

  @Test
  void sentencesAreComparedByLettersAndDigits() {
    Corpus<SentencePair> train = corpus("Guten Tag!", "Hello.", "Zimmer 12", "Room 12", "?", "!");
    Corpus<SentencePair> test =
        corpus(
            "guten TAG", "hello", // both
            "Zimmer 13", "room, 12", // the translation
            "Zimmer, 12", "Room twelve", // the source
            "Gute Nacht", "Good night",
            "…", "…"); // nothing but marks, and others
    Overlap overlap = Overlap.of(train, test);
    assertThat(overlap).isEqualTo(new Overlap(5, 2, 2, 1));
    assertThat(overlap.warning("test"))
        .contains(
            "warning: test overlaps with the training data: of 5 pairs, 2 have a source and 2 a"
                + " translation that was trained on, 1 both together");
    assertThat(Overlap.of(train, corpus("neu", "new")).warning("dev")).isEmpty();
  }

  /** Against the definition: what can be reached over pairs that share a side, found by force. */
  @Test
  void pairsThatShareASideAreOneGroup() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      List<SentencePair> pairs =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      new SentencePair(
                          "S" + random.nextInt(12) + ".", "t " + random.nextInt(12) + "!"))
              .toList();
      List<Integer> groups = Overlap.groups(pairs);
      for (int i = 0; i < pairs.size(); i++) {
        Set<Integer> reached = reached(pairs, i);
        for (int j = 0; j < pairs.size(); j++) {
          assertThat(groups.get(i).equals(groups.get(j))).isEqualTo(reached.contains(j));
        }
      }
    }
  }

  private static Set<Integer> reached(List<SentencePair> pairs, int start) {
    Set<Integer> reached = new HashSet<>(Set.of(start));
    int before;
    do {
      before = reached.size();
      for (int i : Set.copyOf(reached)) {
        for (int j = 0; j < pairs.size(); j++) {
          if (pairs.get(i).source().equals(pairs.get(j).source())
              || pairs.get(i).target().equals(pairs.get(j).target())) {
            reached.add(j);
          }
        }
      }
    } while (reached.size() > before);
    return reached;
  }
}
