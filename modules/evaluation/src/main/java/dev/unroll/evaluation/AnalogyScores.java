package dev.unroll.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How many analogies (a is to b as c is to …) were answered rightly, by section and in total. In
 * the questions of Mikolov et al. (2013) the sections whose names begin with {@code gram} are
 * syntactic, the others semantic.
 */
public final class AnalogyScores {
  private static final String SYNTACTIC = "gram";

  private final Map<String, Section> sections = new LinkedHashMap<>();

  /** No question has been answered yet. */
  public AnalogyScores() {}

  /**
   * The counts of one section, or of several.
   *
   * @param total questions that were answered
   * @param correct those answered rightly
   * @param skipped questions with a word that the vocabulary lacks, not in {@code total}
   */
  public record Section(long total, long correct, long skipped) {
    /** The share of right answers among those given, 0 to 1; NaN if there were none. */
    public double accuracy() {
      return (double) correct / total;
    }

    private Section plus(Section other) {
      return new Section(total + other.total, correct + other.correct, skipped + other.skipped);
    }

    /** {@code total}, {@code correct}, {@code skipped} and {@code accuracy}. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("total", total);
      map.put("correct", correct);
      map.put("skipped", skipped);
      map.put("accuracy", accuracy());
      return map;
    }
  }

  /** Counts a question that was answered. */
  public void add(String section, boolean correct) {
    sections.merge(section, new Section(1, correct ? 1 : 0, 0), Section::plus);
  }

  /** Counts a question with a word that is not known. */
  public void addSkipped(String section) {
    sections.merge(section, new Section(0, 0, 1), Section::plus);
  }

  /** All sections together. */
  public Section total() {
    return sum(name -> true);
  }

  /** The sum of the sections about meaning. */
  public Section semantic() {
    return sum(name -> !name.startsWith(SYNTACTIC));
  }

  /** The sum of the sections about grammar. */
  public Section syntactic() {
    return sum(name -> name.startsWith(SYNTACTIC));
  }

  /** The sections in the order in which they were met. */
  public Map<String, Section> sections() {
    return new LinkedHashMap<>(sections);
  }

  private Section sum(Predicate<String> which) {
    return sections.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .reduce(new Section(0, 0, 0), Section::plus);
  }

  /** The total, and under {@code semantic}, {@code syntactic} and {@code sections} its parts. */
  public Map<String, Object> toMap() {
    Map<String, Object> parts = new LinkedHashMap<>();
    sections.forEach((name, section) -> parts.put(name, section.toMap()));
    Map<String, Object> map = total().toMap();
    map.put("semantic", semantic().toMap());
    map.put("syntactic", syntactic().toMap());
    map.put("sections", parts);
    return map;
  }

  @Override
  public String toString() {
    TextTable table = new TextTable().row("section", "accuracy %", "correct", "total", "skipped");
    sections.forEach((name, section) -> row(table, name, section));
    row(table, "semantic", semantic());
    row(table, "syntactic", syntactic());
    row(table, "all", total());
    return table.toString();
  }

  private static void row(TextTable table, String name, Section section) {
    table.row(
        name,
        TextTable.number(100 * section.accuracy(), 2),
        Long.toString(section.correct()),
        Long.toString(section.total()),
        Long.toString(section.skipped()));
  }
}
