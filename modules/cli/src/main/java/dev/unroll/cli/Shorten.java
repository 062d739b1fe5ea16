package dev.unroll.cli;

/** Makes a text fit on a screen. */
public final class Shorten {
  private Shorten() {}

  /**
   * The text on one line, white space as single spaces, cut after {@code most} characters, which
   * are Unicode code points.
   */
  public static String to(int most, String text) {
    String line = text.replaceAll("\\s+", " ");
    boolean fits = line.codePointCount(0, line.length()) <= most;
    return fits ? line : line.substring(0, line.offsetByCodePoints(0, most)) + "…";
  }
}
