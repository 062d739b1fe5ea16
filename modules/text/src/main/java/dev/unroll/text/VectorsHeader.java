package dev.unroll.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of word2vec's formats.
 *
 * @param words number of words that follow
 * @param dimensions length of a vector
 */
record VectorsHeader(long words, int dimensions) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})[ \\t](\\d{1,6})[ \\t\\r]*");

  static Optional<VectorsHeader> parse(String line) {
    Matcher matcher = FORM.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new VectorsHeader(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }
}
