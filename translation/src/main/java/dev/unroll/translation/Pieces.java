package dev.unroll.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Cuts texts that are longer than what the network has learnt from. A piece ends after the last
 * word that ends a sentence or a clause, if that leaves it at least half as long as it may be, and
 * otherwise after the last word that fits. A word that does not fit is cut in halves.
 */
final class Pieces {
  private static final String ENDS = ".!?;:,…。！？；：，、।؟؛،";

  private final ToIntFunction<String> length;
  private final int most;

  /**
   * Pieces of some length.
   *
   * @param length the symbols of a text
   * @param most symbols of a piece, at least 1; a piece has a few more if words together have more
   *     than each by itself
   */
  Pieces(ToIntFunction<String> length, int most) {
    this.length = length;
    this.most = most;
  }

  /** The pieces of a text in their order, none of them blank; none of a blank text. */
  List<String> of(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    if (length.applyAsInt(text) <= most) {
      return List.of(text);
    }
    List<String> words = new ArrayList<>();
    for (String word : text.strip().split("\\s+")) {
      halve(word, words);
    }
    List<String> pieces = new ArrayList<>();
    for (int from = 0, to; from < words.size(); from = to) {
      to = end(words, from);
      pieces.add(String.join(" ", words.subList(from, to)));
    }
    return pieces;
  }

  private void halve(String word, List<String> parts) {
    int characters = word.codePointCount(0, word.length());
    if (characters < 2 || length.applyAsInt(word) <= most) {
      parts.add(word);
      return;
    }
    int middle = word.offsetByCodePoints(0, characters / 2);
    halve(word.substring(0, middle), parts);
    halve(word.substring(middle), parts);
  }

  /** After the last word of the piece that begins with word {@code from}. */
  private int end(List<String> words, int from) {
    int symbols = length.applyAsInt(words.get(from));
    int end = from + 1;
    int clause = -1;
    while (end < words.size()) {
      if (symbols * 2 >= most && endsClause(words.get(end - 1))) {
        clause = end;
      }
      symbols += length.applyAsInt(words.get(end));
      if (symbols > most) {
        return clause > 0 ? clause : end;
      }
      end++;
    }
    return end;
  }

  private static boolean endsClause(String word) {
    return ENDS.indexOf(word.codePointBefore(word.length())) >= 0;
  }
}
