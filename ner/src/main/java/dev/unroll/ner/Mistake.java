package dev.unroll.ner;

import dev.unroll.cli.Shorten;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/**
 * An answer that is wrong, or an entity that was missed altogether.
 *
 * @param predicted type and words that the model found; empty if it found nothing there
 * @param annotated types and words of the entities that are there instead; empty if there is none
 * @param probability that the model gave to its answer
 * @param sentence all of it
 */
record Mistake(String predicted, String annotated, double probability, String sentence) {
  private static final int SHOWN = 300;

  /**
   * The mistakes that the model was surest of, the worst first.
   *
   * @param none how sure the model is that there is nothing where it missed an entity
   */
  static List<Mistake> worst(
      List<TaggedSentence> sentences,
      List<List<Entity>> answers,
      int count,
      ToDoubleBiFunction<TaggedSentence, Entity> none) {
    List<Mistake> all = new ArrayList<>();
    for (int i = 0; count > 0 && i < sentences.size(); i++) {
      TaggedSentence sentence = sentences.get(i);
      List<Entity> gold = sentence.entities();
      for (Entity answer : answers.get(i)) {
        if (gold.stream().noneMatch(answer::equalsIn)) {
          all.add(of(sentence, gold, answer));
        }
      }
      for (Entity entity : gold) {
        if (answers.get(i).stream().noneMatch(entity::overlaps)) {
          double probability = none.applyAsDouble(sentence, entity);
          all.add(new Mistake("", show(sentence, entity), probability, words(sentence)));
        }
      }
    }
    all.sort(Comparator.comparingDouble(Mistake::probability).reversed());
    return List.copyOf(all.subList(0, Math.min(count, all.size())));
  }

  private static Mistake of(TaggedSentence sentence, List<Entity> gold, Entity answer) {
    List<String> there =
        gold.stream().filter(answer::overlaps).map(entity -> show(sentence, entity)).toList();
    return new Mistake(
        show(sentence, answer), String.join(", ", there), answer.probability(), words(sentence));
  }

  private static String words(TaggedSentence sentence) {
    return String.join(" ", sentence.words());
  }

  private static String show(TaggedSentence sentence, Entity entity) {
    return entity.type() + " " + sentence.text(entity);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s (%.4f), there is %s: %s",
        predicted.isEmpty() ? "none" : predicted,
        probability,
        annotated.isEmpty() ? "none" : annotated,
        Shorten.to(SHOWN, sentence));
  }
}
