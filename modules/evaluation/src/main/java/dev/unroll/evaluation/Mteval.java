package dev.unroll.evaluation;

import java.util.regex.Pattern;

/**
 * The tokenisation of NIST's {@code mteval-v13a.pl}, made for Western languages: ASCII punctuation
 * stands alone, but for apostrophes, hyphens, and full stops and commas within numbers. Other
 * scripts' punctuation stays where it is.
 */
final class Mteval {
  /** All ASCII punctuation but apostrophe, comma, hyphen and full stop. */
  private static final Pattern SYMBOL = Pattern.compile("([ -&(-+:-@\\[-`{-~/])");

  private static final Pattern STOP_AFTER_OTHER = Pattern.compile("([^0-9])([.,])");
  private static final Pattern STOP_BEFORE_OTHER = Pattern.compile("([.,])([^0-9])");
  private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

  private Mteval() {}

  /** The text with spaces around what stands alone; there may be several in a row. */
  static String tokenize(String text) {
    String line = Ngrams.stripTrailing(text);
    line = line.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
    // In this order: "&amp;quot;" becomes "&quot;".
    line = line.replace("&quot;", "\"").replace("&amp;", "&");
    line = line.replace("&lt;", "<").replace("&gt;", ">");
    line = SYMBOL.matcher(" " + line + " ").replaceAll(" $1 ");
    line = STOP_AFTER_OTHER.matcher(line).replaceAll("$1 $2 ");
    line = STOP_BEFORE_OTHER.matcher(line).replaceAll(" $1 $2");
    return HYPHEN_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
  }
}
