package dev.unroll.layers.cuda;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's driver.
 *
 * @param cards the names of the GPUs that it drives
 * @param version such as {@code 580.65.06}
 */
record Driver(String cards, String version) {
  private static final Pattern LINE = Pattern.compile("(.*), *(\\d+(\\.\\d+)*)");

  /**
   * Reads what {@code nvidia-smi --query-gpu=name,driver_version --format=csv,noheader} prints: a
   * line for each GPU. Other lines, such as warnings, are passed over.
   *
   * @return null if no line is one
   */
  static Driver parse(String text) {
    String cards = "";
    String version = null;
    for (String line : text.lines().toList()) {
      Matcher fields = LINE.matcher(line.strip());
      if (fields.matches()) {
        cards += (cards.isEmpty() ? "" : ", ") + fields.group(1).strip();
        version = fields.group(2);
      }
    }
    return version == null ? null : new Driver(cards, version);
  }

  /** Whether it is this version or a newer one. */
  boolean isAtLeast(String least) {
    String[] mine = version.split("\\.");
    String[] needed = least.split("\\.");
    for (int i = 0; i < needed.length; i++) {
      int here = i < mine.length ? Integer.parseInt(mine[i]) : 0;
      if (here != Integer.parseInt(needed[i])) {
        return here > Integer.parseInt(needed[i]);
      }
    }
    return true;
  }
}
