package dev.unroll.speech;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.layers.ctc.LabelRules;
import dev.unroll.layers.ctc.WordRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Words beside which nothing is heard: those of a file, a line each. What stands behind a word is
 * skipped, so a pronouncing dictionary will do; and so is the number of a pronunciation, {@code
 * ZERO(2)}.
 */
public final class WordList {
  private static final Pattern PRONUNCIATION = Pattern.compile("\\(\\d+\\)$");

  private final String source;

  /** Each with the line where it was read first. */
  private final Map<String, Long> words;

  private WordList(String source, Map<String, Long> words) {
    this.source = source;
    this.words = words;
  }

  /**
   * Reads a file.
   *
   * @throws UserError if it cannot be read, or has no words
   */
  public static WordList read(TextSource file) {
    Map<String, Long> words = new LinkedHashMap<>();
    try (LineReader lines = file.open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          String word = line.strip().split("\\s", 2)[0];
          words.putIfAbsent(PRONUNCIATION.matcher(word).replaceFirst(""), lines.line());
        }
      }
      if (words.isEmpty()) {
        throw UserError.data(lines.name(), "no words in it; give a line each");
      }
      return new WordList(lines.name(), words);
    }
  }

  /**
   * What a search with an alphabet may find.
   *
   * @throws UserError if a word has a character that is not in the alphabet
   */
  LabelRules rules(Alphabet alphabet) {
    List<int[]> labels = new ArrayList<>();
    words.forEach(
        (word, line) -> {
          String text = alphabet.normalised(word);
          int[] of = alphabet.labels(text);
          if (of.length < text.codePointCount(0, text.length())) {
            throw UserError.data(
                source,
                line,
                "the recogniser does not write all letters of '%s'; leave the word out, or train with texts that have them"
                    .formatted(word));
          }
          labels.add(of);
        });
    return new WordRules(labels, alphabet.label(' ')); // without spaces, texts of one word
  }
}
