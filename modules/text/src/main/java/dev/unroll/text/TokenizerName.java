package dev.unroll.text;

/** How text becomes words, as a configuration names it. */
public enum TokenizerName {
  /** Words, numbers and punctuation; what becomes of HTML tags is up to the task. */
  STANDARD,
  /** Cut at white space only, for text that is tokenised. */
  WHITESPACE;

  /**
   * The tokenizer of that name.
   *
   * @param standard which one {@link #STANDARD} is, {@link Tokenizer#standard()} or {@link
   *     Tokenizer#standardWithoutTags()}
   */
  public Tokenizer tokenizer(Tokenizer standard) {
    return this == STANDARD ? standard : Tokenizer.whitespace();
  }
}
