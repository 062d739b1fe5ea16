package dev.unroll.charlm;

/** What a model predicts one at a time. */
public enum Level {
  /** A Unicode code point. */
  CHARACTER,
  /** A word or punctuation mark; texts end with the line. */
  WORD
}
