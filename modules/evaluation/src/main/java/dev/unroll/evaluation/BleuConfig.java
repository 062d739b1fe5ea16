package dev.unroll.evaluation;

import java.util.Locale;

/**
 * What {@link Bleu} counts. Scores of different rules cannot be compared (Post 2018), so that each
 * is to be quoted with its {@linkplain Bleu#signature signature}.
 *
 * @param tokens what is a word
 * @param lowercase whether {@code The} equals {@code the}
 * @param smoothing what stands for a precision of 0
 * @param effectiveOrder whether n-grams longer than all of the hypothesis are left out of the mean,
 *     as they should for single sentences
 */
public record BleuConfig(
    Tokens tokens, boolean lowercase, Smoothing smoothing, boolean effectiveOrder) {

  /** What is a word. */
  public enum Tokens {
    /** What NIST's {@code mteval-v13a.pl} cuts: for raw text, as WMT and sacreBLEU report it. */
    MTEVAL_13A("13a"),
    /** What white space parts: for text that was tokenised before. */
    NONE("none");

    private final String signature;

    Tokens(String signature) {
      this.signature = signature;
    }
  }

  /** The methods of Chen and Cherry (2014), with the values that sacreBLEU has by default. */
  public enum Smoothing {
    /** None: one precision of 0 makes the score 0. */
    NONE("none"),
    /** Method 1: 0.1 n-grams for 0. */
    FLOOR("floor[0.10]"),
    /** Method 2: one n-gram more of each order above 1, right and in all. */
    ADD_ONE("add-k[1.00]"),
    /** Method 3: half an n-gram for the first 0, a quarter for the second, and so on. */
    EXPONENTIAL("exp");

    private final String signature;

    Smoothing(String signature) {
      this.signature = signature;
    }
  }

  /** For a corpus of raw text: sacreBLEU's default. */
  public static BleuConfig defaults() {
    return new BleuConfig(Tokens.MTEVAL_13A, false, Smoothing.EXPONENTIAL, false);
  }

  /** For single sentences of raw text. */
  public static BleuConfig forSentences() {
    return new BleuConfig(Tokens.MTEVAL_13A, false, Smoothing.EXPONENTIAL, true);
  }

  /** For text that was tokenised before, in whatever case: as many papers report. */
  public static BleuConfig tokenizedLowercase() {
    return new BleuConfig(Tokens.NONE, true, Smoothing.EXPONENTIAL, false);
  }

  /** The text as words with spaces between. */
  String tokenize(String text) {
    String cased = lowercase ? text.toLowerCase(Locale.ROOT) : text;
    return tokens == Tokens.NONE ? cased : Mteval.tokenize(cased);
  }

  /** The middle of sacreBLEU's signature. */
  String signature() {
    return String.format(
        "case:%s|eff:%s|tok:%s|smooth:%s",
        lowercase ? "lc" : "mixed",
        effectiveOrder ? "yes" : "no",
        tokens.signature,
        smoothing.signature);
  }
}
