package dev.unroll.cli;

import java.io.PrintWriter;

/**
 * The results of a verb on standard output, as text or as JSON lines. Nothing else is written
 * there. If the reader goes away ({@code | head}), the next write ends the command quietly.
 */
public final class Answers {
  private final PrintWriter out;
  private final boolean json;

  Answers(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /**
   * Prints one answer.
   *
   * @param object what JSON shows, see {@link JsonLines}
   * @param text what a person sees; may hold several lines
   */
  public void print(Object object, String text) {
    text(json ? JsonLines.line(object) : text);
  }

  /** Whether JSON is wanted. */
  boolean isJson() {
    return json;
  }

  /** Prints text that is the same with and without {@code --json}. */
  public void text(String text) {
    out.print(text);
    out.print('\n'); // not the platform's: the same bytes everywhere
  }

  /** Hands everything printed so far to the reader. */
  public void flush() {
    out.flush();
  }
}
