package dev.unroll.text.subwords;

import dev.unroll.data.LineReader;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Words as sequences of subwords by byte-pair encoding (Sennrich et al. 2016): frequent words stay
 * whole, rare ones fall into pieces that are frequent, and only characters never met are unknown.
 * Every subword but the last of its word ends with {@link #CONTINUED}:
 *
 * <pre>
 * the newest low lowest  →  the newest low lo@@ west
 * </pre>
 *
 * <p>Merges are learnt and applied exactly as subword-nmt does (version 0.2 of its file), whose
 * files can be read and which reads ours; but for words that spell its mark {@code </w>}, whose
 * letters it may lose. A symbol is a code point, not a byte. May be used by several threads.
 */
public final class BytePairs {
  /** What subwords end with that do not end a word. */
  public static final String CONTINUED = "@@";

  private static final String HEADER = "#version: 0.2";

  /** Most words to remember the subwords of, some ten megabytes; and the longest of them. */
  private static final int CACHED_WORDS = 1 << 16;

  private static final int LONGEST_CACHED = 64;

  private final List<Merge> merges;
  private final Segmenter segmenter;
  private final Map<String, List<String>> cache = new ConcurrentHashMap<>();

  private BytePairs(List<Merge> merges, Segmenter segmenter) {
    this.merges = merges;
    this.segmenter = segmenter;
  }

  private static BytePairs of(List<Merge> merges) {
    return new BytePairs(List.copyOf(merges), Segmenter.of(merges));
  }

  /**
   * Learns which pairs of symbols to merge, the most frequent first. Of two languages that share an
   * alphabet the words may be counted together, so that names are cut alike in both.
   *
   * @param counts how often each word occurs; no word is empty, or has a space or a line break in
   *     it
   * @param merges most merges to learn; with the characters about as many subwords
   * @param minFrequency how often a pair must occur to be merged, at least 1; subword-nmt has 2
   */
  public static BytePairs learn(Map<String, Long> counts, int merges, long minFrequency) {
    if (merges < 0 || minFrequency < 1) {
      throw new IllegalArgumentException(merges + " merges of frequency " + minFrequency);
    }
    counts.forEach(BytePairs::check);
    return of(new BytePairLearner(counts).learn(merges, minFrequency));
  }

  /** Refuses words whose merges could not be written. */
  private static void check(String word, long count) {
    boolean writable =
        word.codePoints()
            .noneMatch(c -> " \n\r".indexOf(c) >= 0 || Character.getType(c) == Character.SURROGATE);
    if (word.isEmpty() || !writable || count < 0) {
      throw new IllegalArgumentException(
          "no word to learn subwords from: '" + word + "', " + count + " times");
    }
  }

  /** Number of merges. */
  public int size() {
    return merges.size();
  }

  /** The subwords of a word. */
  public List<String> apply(String word) {
    List<String> known = cache.get(word);
    if (known != null) {
      return known;
    }
    List<String> subwords = segmenter.subwords(word);
    if (word.length() <= LONGEST_CACHED) {
      if (cache.size() >= CACHED_WORDS) {
        cache.clear();
      }
      cache.put(word, subwords);
    }
    return subwords;
  }

  /** The subwords of several words, one after another. */
  public List<String> apply(List<String> words) {
    List<String> subwords = new ArrayList<>(words.size() * 3 / 2);
    words.forEach(word -> subwords.addAll(apply(word)));
    return subwords;
  }

  /** The words that these are subwords of; the last may lack its end. */
  public static List<String> join(List<String> subwords) {
    List<String> words = new ArrayList<>(subwords.size());
    StringBuilder word = new StringBuilder();
    for (String subword : subwords) {
      boolean continued = subword.endsWith(CONTINUED);
      word.append(subword, 0, subword.length() - (continued ? CONTINUED.length() : 0));
      if (!continued) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  /**
   * The same merges, undone where they give a subword that is not among those wanted, until all are
   * or are characters: what subword-nmt calls a vocabulary threshold. So that a model meets every
   * subword often enough, apply the merges to its training text, count the subwords with {@link
   * dev.unroll.text.WordCounter}, and want those that are frequent.
   *
   * @param wanted subwords, with {@link #CONTINUED} where they have it
   */
  public BytePairs restrictedTo(Collection<String> wanted) {
    return new BytePairs(merges, segmenter.restrictedTo(wanted));
  }

  /** Writes the merges in subword-nmt's form: {@code #version: 0.2}, then one merge a line. */
  public void write(Appendable out) {
    try {
      out.append(HEADER).append('\n');
      for (Merge merge : merges) {
        out.append(merge.first()).append(' ').append(merge.second()).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #write} or subword-nmt wrote; a {@link UserError} for anything else. */
  public static BytePairs read(LineReader lines) {
    String header = lines.next();
    if (header == null || !header.equals(HEADER)) {
      throw UserError.data(
          lines.name(),
          1,
          "merges begin with a line '"
              + HEADER
              + "'; "
              + (header == null ? "the file is empty" : "found '" + header + "'"));
    }
    List<Merge> merges = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      int space = line.indexOf(' ');
      if (space <= 0 || space == line.length() - 1 || line.indexOf(' ', space + 1) >= 0) {
        throw lines.error("a merge is two symbols with a space between; found '" + line + "'");
      }
      merges.add(new Merge(line.substring(0, space), line.substring(space + 1)));
    }
    return of(merges);
  }

  @Override
  public String toString() {
    return "BytePairs of " + size() + " merges";
  }
}
