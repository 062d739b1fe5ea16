package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseCopiesTest {
  private static final List<TaggedSentence> SENTENCES = sentences(400);

  private static List<TaggedSentence> sentences(int count) {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sentences.add(
          new TaggedSentence(List.of("Ada", "met", "Ïo" + i), List.of("B-PER", "O", "B-PER")));
    }
    return sentences;
  }

  @Test
  void copiesStandBehindTheOriginalsWithTheirTags() {
    List<TaggedSentence> all = CaseCopies.add(SENTENCES.subList(0, 2), 1, 1, 3);
    assertThat(all).startsWith(SENTENCES.get(0), SENTENCES.get(1)).hasSize(6);
    assertThat(all.get(2).words()).containsExactly("ada", "met", "ïo0");
    assertThat(all.get(3).words()).containsExactly("ADA", "MET", "ÏO0");
    assertThat(all.get(4).words()).containsExactly("ada", "met", "ïo1");
    assertThat(all).allSatisfy(s -> assertThat(s.tags()).containsExactly("B-PER", "O", "B-PER"));
  }

  @Test
  void asManyAsTheSharesSay() {
    List<TaggedSentence> copies =
        CaseCopies.add(SENTENCES, 0.25, 0.1, 5).subList(SENTENCES.size(), size(0.25, 0.1));
    long lower = copies.stream().filter(s -> s.words().contains("ada")).count();
    assertThat(lower).isBetween(75L, 125L);
    assertThat(copies.size() - lower).isBetween(20L, 60L);
    List<TaggedSentence> lowerAlone = CaseCopies.add(SENTENCES, 0.25, 0, 5);
    assertThat(lowerAlone.subList(SENTENCES.size(), lowerAlone.size()))
        .isEqualTo(copies.stream().filter(s -> s.words().contains("ada")).toList());
    assertThat(CaseCopies.add(SENTENCES, 0, 0, 5)).isSameAs(SENTENCES);
  }

  private static int size(double lower, double upper) {
    return CaseCopies.add(SENTENCES, lower, upper, 5).size();
  }

  @Test
  void theSettingsAreShares() {
    assertThat(NerConfig.with(Map.of("lowercase-copies", "1")).lowercaseCopies()).isEqualTo(1);
    assertThatThrownBy(() -> NerConfig.with(Map.of("uppercase-copies", "1.5")))
        .isInstanceOf(UserError.class)
        .hasMessage("uppercase-copies must be from 0 to 1, got 1.5");
  }
}
