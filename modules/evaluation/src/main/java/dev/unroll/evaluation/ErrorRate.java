package dev.unroll.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far what was recognised is from what was said: the word error rate, and that of characters.
 * Both are edits (substitutions, deletions, insertions) by the words or characters of the
 * references, of all utterances together, as jiwer and sclite count them. Words are parted by white
 * space; of characters, white space within a text counts as one space, and that around it not.
 *
 * <p>A rate is above 1 where more was inserted than there is. Where no reference has any, it is as
 * if they had one.
 */
public final class ErrorRate {
  private final Counts words = new Counts();
  private final Counts characters = new Counts();
  private final Map<Confusion, Integer> confusions = new TreeMap<>();
  private int utterances;
  private int exact;
  private double spoken;
  private double taken;

  /** No utterance counted. */
  public ErrorRate() {
    // Everything begins at zero.
  }

  private static final class Counts {
    private long reference;
    private long substitutions;
    private long deletions;
    private long insertions;

    private void add(EditCounts<?> counts) {
      for (EditCounts.Edit<?> edit : counts.edits()) {
        reference += edit.reference() == null ? 0 : 1;
        insertions += edit.reference() == null ? 1 : 0;
        deletions += edit.recognised() == null ? 1 : 0;
        boolean both = edit.reference() != null && edit.recognised() != null;
        substitutions += both && !edit.right() ? 1 : 0;
      }
    }

    private void add(Counts other) {
      reference += other.reference;
      substitutions += other.substitutions;
      deletions += other.deletions;
      insertions += other.insertions;
    }

    private double rate() {
      long edits = substitutions + deletions + insertions;
      return (double) edits / Math.max(1, reference);
    }
  }

  /**
   * A word that was taken for another.
   *
   * @param said empty if nothing was
   * @param recognised empty if nothing was
   * @param times how often
   */
  public record Confused(String said, String recognised, int times) {
    @Override
    public String toString() {
      String what =
          said.isEmpty()
              ? "heard " + recognised + " where nothing was said"
              : recognised.isEmpty() ? "missed " + said : "took " + said + " for " + recognised;
      return String.format(Locale.ROOT, "%4d × %s", times, what);
    }
  }

  private record Confusion(String said, String recognised) implements Comparable<Confusion> {
    @Override
    public int compareTo(Confusion other) {
      int first = said.compareTo(other.said);
      return first != 0 ? first : recognised.compareTo(other.recognised);
    }
  }

  /** Counts one more utterance. */
  public void add(String reference, String recognised) {
    EditCounts<String> edits = EditCounts.of(words(reference), words(recognised));
    words.add(edits);
    for (EditCounts.Edit<String> edit : edits.edits()) {
      if (!edit.right()) {
        confusions.merge(
            new Confusion(text(edit.reference()), text(edit.recognised())), 1, Integer::sum);
      }
    }
    characters.add(EditCounts.of(characters(reference), characters(recognised)));
    utterances++;
    exact += words(reference).equals(words(recognised)) ? 1 : 0;
  }

  /**
   * Takes note of how long it took.
   *
   * @param seconds that were spoken
   * @param needed seconds to recognise them
   */
  public void addTime(double seconds, double needed) {
    spoken += seconds;
    taken += needed;
  }

  /** Two evaluations counted as one. */
  public ErrorRate plus(ErrorRate other) {
    ErrorRate both = new ErrorRate();
    for (ErrorRate part : List.of(this, other)) {
      both.words.add(part.words);
      both.characters.add(part.characters);
      part.confusions.forEach((pair, times) -> both.confusions.merge(pair, times, Integer::sum));
      both.utterances += part.utterances;
      both.exact += part.exact;
      both.addTime(part.spoken, part.taken);
    }
    return both;
  }

  /** How many words of an utterance are wrong. */
  public static int wordErrors(String reference, String recognised) {
    return (int)
        EditCounts.of(words(reference), words(recognised)).edits().stream()
            .filter(edit -> !edit.right())
            .count();
  }

  private static String text(String word) {
    return word == null ? "" : word;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private static List<Integer> characters(String text) {
    return String.join(" ", words(text)).codePoints().boxed().toList();
  }

  /** Utterances that were counted. */
  public int utterances() {
    return utterances;
  }

  /** Word errors by the words of the references. */
  public double words() {
    return words.rate();
  }

  /** Character errors by the characters of the references. */
  public double characters() {
    return characters.rate();
  }

  /** Share of the utterances of which every word is right. */
  public double exact() {
    return utterances == 0 ? 0 : (double) exact / utterances;
  }

  /** Seconds that a second of sound took; 0 if no time was noted. */
  public double realTimeFactor() {
    return spoken == 0 ? 0 : taken / spoken;
  }

  /** The words that were most often taken for others, those first. */
  public List<Confused> confused(int most) {
    return confusions.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .map(e -> new Confused(e.getKey().said, e.getKey().recognised, e.getValue()))
        .toList();
  }

  /** All scores by name. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("utterances", utterances);
    map.put("wordErrorRate", words());
    map.put("characterErrorRate", characters());
    map.put("exact", exact());
    map.put("realTimeFactor", realTimeFactor());
    map.put("words", words.reference);
    map.put("substitutions", words.substitutions);
    map.put("deletions", words.deletions);
    map.put("insertions", words.insertions);
    return map;
  }

  /** The scores for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "word error rate %.2f %% (%d words: %d substituted, %d deleted, %d inserted)\n",
            100 * words(),
            words.reference,
            words.substitutions,
            words.deletions,
            words.insertions));
    text.append(
        String.format(
            Locale.ROOT,
            "character error rate %.2f %%, %d utterances, %.1f %% without an error",
            100 * characters(),
            utterances,
            100 * exact()));
    if (spoken > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "\n%.1f seconds of sound in %.2f: real-time factor %.4f",
              spoken,
              taken,
              realTimeFactor()));
    }
    return text.toString();
  }
}
