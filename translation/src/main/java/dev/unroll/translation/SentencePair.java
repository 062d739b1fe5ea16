package dev.unroll.translation;

/**
 * A sentence and its translation.
 *
 * @param source raw text
 * @param target raw text; null if nobody has translated it
 */
public record SentencePair(String source, String target) {
  /** Refuses a pair without a source. */
  public SentencePair {
    if (source == null) {
      throw new IllegalArgumentException("a pair has a source");
    }
  }

  /** A sentence that is to be translated. */
  public static SentencePair untranslated(String source) {
    return new SentencePair(source, null);
  }

  /** Whether its translation is known. */
  public boolean isTranslated() {
    return target != null;
  }
}
