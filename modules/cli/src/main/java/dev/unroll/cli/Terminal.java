package dev.unroll.cli;

/**
 * Whether standard error is a terminal, and how wide. Java cannot tell (its console needs standard
 * input and output to be one), so the launcher looks and says it with {@code -Dunroll.columns}.
 *
 * @param columns its width, 0 where there is none
 */
record Terminal(int columns) {
  private static final String PROPERTY = "unroll.columns";
  private static final int USUAL = 80;

  static Terminal ofStandardError() {
    String columns = System.getProperty(PROPERTY);
    if (columns == null) {
      return new Terminal(System.console() == null ? 0 : USUAL);
    }
    try {
      return new Terminal(Math.max(0, Integer.parseInt(columns)));
    } catch (NumberFormatException e) {
      return new Terminal(USUAL);
    }
  }

  boolean present() {
    return columns > 0;
  }
}
