package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PseudoLabelsTest {
  private static final double LEAST = 0.7;

  private record Sentence(List<String> words, List<Entity> entities) {}

  private static Sentence sentence(String text, Entity... entities) {
    return new Sentence(List.of(text.split(" ")), List.of(entities));
  }

  private static List<String> sure(double least, Sentence... sentences) {
    PseudoLabels labels = new PseudoLabels();
    for (Sentence sentence : sentences) {
      labels.add(sentence.words, sentence.entities);
    }
    List<String> shown = new ArrayList<>();
    labels.forEach(least, tagging -> shown.add(tagging.toString()));
    return shown;
  }

  private static List<String> sure(Sentence... sentences) {
    return sure(LEAST, sentences);
  }

  private static Entity first(String type, double probability) {
    return new Entity(type, 0, 1, probability);
  }

  @Test
  void aNameHasTheTypeThatItHasInMostPlaces() {
    assertThat(
            sure(
                sentence("Paris lies on the Seine", first("LOC", 0.95)),
                sentence("Paris slept", first("PER", 0.55)),
                sentence("Paris is large", first("LOC", 0.9)),
                sentence("Paris grew", first("LOC", 0.6))))
        .containsExactly(
            "[LOC Paris] lies on the Seine",
            "[LOC Paris] slept",
            "[LOC Paris] is large",
            "[LOC Paris] grew");
  }

  @Test
  void whatWasFoundTooSeldomKeepsItsTypeAndMustBeSureByItself() {
    assertThat(
            sure(
                sentence("Ada slept", first("PER", 0.9)),
                sentence("Ada rained", first("LOC", 0.6)),
                sentence("Oslo slept", first("LOC", LEAST))))
        .containsExactly("[PER Ada] slept", "[LOC Oslo] slept");
  }

  @Test
  void whereTypesAreDividedEachPlaceKeepsItsOwn() {
    assertThat(
            sure(
                sentence("Jordan scored", first("PER", 0.9)),
                sentence("Jordan signed", first("LOC", 0.8)),
                sentence("Jordan again", first("PER", 0.69)),
                sentence("Jordan borders", first("LOC", 0.9))))
        .containsExactly("[PER Jordan] scored", "[LOC Jordan] signed", "[LOC Jordan] borders");
  }

  @Test
  void oneUnsureNameLeavesItsSentenceOutAndSoDoesNone() {
    assertThat(
            sure(
                sentence("It rained"),
                sentence("Ada met Bo", first("PER", 1), new Entity("PER", 2, 3, 0.5)),
                sentence("Ada", first("PER", 1))))
        .containsExactly("[PER Ada]");
    assertThat(sure(0, sentence("It rained"), sentence("Ada", first("PER", 0.1)))).hasSize(1);
    assertThat(sure()).isEmpty();
  }

  @Test
  void aNameIsAllOfItsWords() {
    Entity both = new Entity("ORG", 0, 2, 0.9);
    assertThat(
            sure(
                sentence("New York", both),
                sentence("New York", both),
                sentence("New York", both),
                sentence("York", first("LOC", 0.75))))
        .containsExactly("[ORG New York]", "[ORG New York]", "[ORG New York]", "[LOC York]");
  }

  @Test
  void aWordWithALineEndIsRefused() {
    assertThatThrownBy(() -> new PseudoLabels().add(List.of("a\nb"), List.of(first("PER", 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** By the definition, for every place anew. */
  private static List<String> byBruteForce(List<Sentence> sentences) {
    List<String> shown = new ArrayList<>();
    for (Sentence sentence : sentences) {
      Entity entity = sentence.entities.get(0);
      double[] mass = new double[2];
      for (Sentence other : sentences) {
        if (other.words.get(0).equals(sentence.words.get(0))) {
          mass[other.entities.get(0).type().equals("A") ? 0 : 1] +=
              other.entities.get(0).probability();
        }
      }
      double all = mass[0] + mass[1];
      double share = Math.max(mass[0], mass[1]) / all;
      boolean voted = all >= 2 && share >= LEAST;
      String type = voted ? mass[0] > mass[1] ? "A" : "B" : entity.type();
      if (voted || entity.probability() >= LEAST) {
        shown.add("[" + type + " " + sentence.words.get(0) + "]");
      }
    }
    return shown;
  }

  @Test
  void agreesWithTheDefinitionOnRandomNames() {
    Random random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      Sentence[] sentences = new Sentence[1 + random.nextInt(20)];
      for (int i = 0; i < sentences.length; i++) {
        String type = random.nextInt(4) == 0 ? "A" : "B";
        sentences[i] = sentence("n" + random.nextInt(4), first(type, random.nextDouble()));
      }
      assertThat(sure(sentences)).isEqualTo(byBruteForce(Arrays.asList(sentences)));
    }
  }
}
