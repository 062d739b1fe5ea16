package dev.unroll.charlm;

/** Where texts end, and with them what a model is asked to see as one. */
public enum Ending {
  /** With the file: line breaks are characters like others. */
  DOCUMENT,
  /** With every line, so that the probability of a line is defined by itself. */
  LINE
}
