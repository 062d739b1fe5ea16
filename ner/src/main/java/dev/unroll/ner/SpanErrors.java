package dev.unroll.ner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What kinds of errors answers have, and how many of the known and of the new names were found. */
final class SpanErrors {
  private int right;
  private int wrongType;
  private int wrongBoundary;
  private int wrongBoth;
  private int missed;
  private int invented;
  private int knownFound;
  private int known;
  private int newFound;
  private int fresh;

  /**
   * Compares answers with the tags of {@code sentences}.
   *
   * @param training the entities of the training data
   */
  SpanErrors(List<TaggedSentence> sentences, List<List<Entity>> answers, KnownEntities training) {
    for (int i = 0; i < sentences.size(); i++) {
      List<Entity> gold = sentences.get(i).entities();
      for (Entity entity : gold) {
        boolean found = answers.get(i).stream().anyMatch(entity::equalsIn);
        count(sentences.get(i), entity, found, training);
        missed += answers.get(i).stream().noneMatch(entity::overlaps) ? 1 : 0;
      }
      for (Entity answer : answers.get(i)) {
        count(answer, gold);
      }
    }
  }

  private void count(
      TaggedSentence sentence, Entity entity, boolean found, KnownEntities training) {
    if (training.contains(sentence, entity)) {
      known++;
      knownFound += found ? 1 : 0;
    } else {
      fresh++;
      newFound += found ? 1 : 0;
    }
  }

  private void count(Entity answer, List<Entity> gold) {
    if (gold.stream().anyMatch(answer::equalsIn)) {
      right++;
    } else if (gold.stream().anyMatch(answer::hasWordsOf)) {
      wrongType++;
    } else if (gold.stream().anyMatch(g -> g.overlaps(answer) && g.type().equals(answer.type()))) {
      wrongBoundary++;
    } else if (gold.stream().anyMatch(answer::overlaps)) {
      wrongBoth++;
    } else {
      invented++;
    }
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("right", right);
    map.put("wrongType", wrongType);
    map.put("wrongBoundary", wrongBoundary);
    map.put("wrongTypeAndBoundary", wrongBoth);
    map.put("invented", invented);
    map.put("missed", missed);
    map.put("known", known);
    map.put("knownFound", knownFound);
    map.put("new", fresh);
    map.put("newFound", newFound);
    return map;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """

        answers                      missed
          right            %6d      no word found     %6d
          wrong type       %6d
          wrong boundary   %6d    names              found
          both wrong       %6d      known in training %6d of %6d  %6.2f%%
          no name there    %6d      new               %6d of %6d  %6.2f%%""",
        right,
        missed,
        wrongType,
        wrongBoundary,
        wrongBoth,
        knownFound,
        known,
        100.0 * knownFound / Math.max(1, known),
        invented,
        newFound,
        fresh,
        100.0 * newFound / Math.max(1, fresh));
  }
}
