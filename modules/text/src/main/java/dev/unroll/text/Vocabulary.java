package dev.unroll.text;

import dev.unroll.data.LineReader;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Words and their numbers. Number 0 is {@link #UNKNOWN}, which stands for every other word. Special
 * symbols follow, such as {@link #END}, if there are any; then the words by falling count and,
 * among equal counts, by alphabet (UTF-16 order), so that the same text always gives the same
 * numbers.
 *
 * <p>A special symbol is no word: a text in which somebody wrote {@code <END>} has an unknown word
 * there, and no end.
 *
 * <p>It is counted on the training part alone: a word known from the dev part would be one that the
 * network has never seen. Immutable.
 */
public final class Vocabulary {
  /** Stands for every word that has no number of its own. */
  public static final String UNKNOWN = "<UNK>";

  /** The number of {@link #UNKNOWN}. */
  public static final int UNKNOWN_ID = 0;

  /** The special symbol before the first word of a text. */
  public static final String BEGIN = "<BEGIN>";

  /** The special symbol after the last word of a text. */
  public static final String END = "<END>";

  /** What {@link #write} writes for a special symbol in place of a count. */
  private static final String SPECIAL = "special";

  private final String[] words;
  private final long[] counts;

  /** How many special symbols there are, {@link #UNKNOWN} not counted. */
  private final int specials;

  private final Map<String, Integer> ids;

  private Vocabulary(String[] words, long[] counts, int specials) {
    this.words = words;
    this.counts = counts;
    this.specials = specials;
    this.ids = new HashMap<>(words.length * 4 / 3 + 1);
    for (int id = 0; id < words.length; id++) {
      if (ids.put(words[id], id) != null) {
        throw new IllegalArgumentException("word listed twice: " + words[id]);
      }
    }
  }

  /** Number of words, {@link #UNKNOWN} among them. */
  public int size() {
    return words.length;
  }

  /** The word's number, {@link #UNKNOWN_ID} if it has none. */
  public int id(String word) {
    int id = ids.getOrDefault(word, UNKNOWN_ID);
    return isSpecial(id) ? UNKNOWN_ID : id;
  }

  /** Whether it is a word with a number of its own, or {@link #UNKNOWN}. */
  public boolean contains(String word) {
    return ids.containsKey(word) && !isSpecial(ids.get(word));
  }

  /**
   * The number of a special symbol.
   *
   * @throws IllegalArgumentException if the vocabulary was built without it
   */
  public int special(String symbol) {
    Integer id = ids.get(symbol);
    if (id == null || !isSpecial(id)) {
      throw new IllegalArgumentException("no special symbol " + symbol);
    }
    return id;
  }

  /** Whether that number is one of a special symbol. */
  public boolean isSpecial(int id) {
    return id > UNKNOWN_ID && id <= specials;
  }

  /**
   * The word of that number.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= id < size()}
   */
  public String word(int id) {
    return words[id];
  }

  /** How often the word of that number was counted; for 0, how often all that were left out. */
  public long count(int id) {
    return counts[id];
  }

  /** All words, in the order of their numbers. */
  public List<String> words() {
    return List.of(words);
  }

  /**
   * The same words under the same numbers, and behind them others that it lacks, in their order,
   * with a count of 0: words that never occurred in training but have a pretrained vector.
   *
   * @param maxSize most words to have then, {@link #UNKNOWN} not counted; none are taken away
   */
  public Vocabulary with(Collection<String> others, int maxSize) {
    Map<String, Long> all = new LinkedHashMap<>();
    for (int id = 0; id < words.length; id++) {
      all.put(words[id], counts[id]);
    }
    for (String word : others) {
      if (all.size() - specials > maxSize) {
        break;
      }
      all.putIfAbsent(word, 0L);
    }
    return of(all, specials);
  }

  /**
   * Writes it for {@link #read}: a line {@code word<TAB>count} for each word, by number, and {@code
   * symbol<TAB>special} for a special symbol.
   */
  public void write(Appendable out) {
    try {
      for (int id = 0; id < words.length; id++) {
        String count = isSpecial(id) ? SPECIAL : Long.toString(counts[id]);
        out.append(Escapes.escape(words[id])).append('\t').append(count);
        out.append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #write} wrote; a {@link UserError} with the line for anything else. */
  public static Vocabulary read(LineReader lines) {
    Map<String, Long> counted = new LinkedHashMap<>();
    int specials = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      int tab = line.lastIndexOf('\t');
      if (tab < 0) {
        throw lines.error("a vocabulary has lines of word<TAB>count; no tab here");
      }
      String word = Escapes.unescape(line.substring(0, tab), lines);
      String count = line.substring(tab + 1);
      boolean special = count.equals(SPECIAL);
      if (special && counted.size() != specials + 1) {
        throw lines.error("special symbols follow " + UNKNOWN + "; this one does not");
      }
      specials += special ? 1 : 0;
      if (counted.put(word, special ? 0 : parseCount(count, lines)) != null) {
        throw lines.error("the word " + line.substring(0, tab) + " is listed twice");
      }
      if (counted.size() == 1 && !word.equals(UNKNOWN)) {
        throw lines.error("a vocabulary begins with " + UNKNOWN + "; this one with " + word);
      }
    }
    if (counted.isEmpty()) {
      throw UserError.data(lines.name(), "an empty file is no vocabulary");
    }
    return of(counted, specials);
  }

  private static long parseCount(String text, LineReader lines) {
    try {
      long count = Long.parseLong(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Handled below.
    }
    throw lines.error("a count is a whole number from 0; found '" + text + "'");
  }

  /** Words and their counts, by number: the unknown word, special symbols, the others. */
  static Vocabulary of(Map<String, Long> counted, int specials) {
    return new Vocabulary(
        counted.keySet().toArray(String[]::new),
        counted.values().stream().mapToLong(Long::longValue).toArray(),
        specials);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that
        && specials == that.specials
        && Arrays.equals(words, that.words)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return "Vocabulary of " + words.length + " words";
  }
}
