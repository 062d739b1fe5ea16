package dev.unroll.translation;

import dev.unroll.data.Corpus;
import dev.unroll.evaluation.ChrF;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sentence, what a system made of it, and what people made of it.
 *
 * @param source the sentence
 * @param hypothesis the translation to be judged
 * @param references those of people, one or more
 */
record Answered(String source, String hypothesis, List<String> references) {

  /** A sentence and its references, not yet translated. */
  record Task(String source, List<String> references) {}

  /**
   * Whether pairs of the same source are one sentence with several references: so in a collection
   * of pairs, and not in two parallel files, which are a text line by line.
   */
  static boolean isCollection(Corpus<SentencePair> pairs) {
    return !pairs.format().contains("parallel");
  }

  /**
   * The sentences of pairs in the order in which they come first.
   *
   * @param grouped whether pairs of the same source are one sentence with several references
   */
  static List<Task> tasks(List<SentencePair> pairs, boolean grouped) {
    Map<Object, Task> tasks = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      SentencePair pair = pairs.get(i);
      Object key = grouped ? pair.source() : Integer.valueOf(i);
      tasks
          .computeIfAbsent(key, k -> new Task(pair.source(), new ArrayList<>()))
          .references()
          .add(pair.target());
    }
    return List.copyOf(tasks.values());
  }

  /** Tasks with the translations that a system gave, in the same order. */
  static List<Answered> of(List<Task> tasks, List<String> hypotheses) {
    List<Answered> answered = new ArrayList<>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      answered.add(new Answered(task.source(), hypotheses.get(i), task.references()));
    }
    return answered;
  }

  /** chrF2 of this sentence alone, 0 to 100: BLEU says little of a single one. */
  double chrf() {
    ChrF score = new ChrF();
    score.add(hypothesis, references);
    return score.score();
  }
}
