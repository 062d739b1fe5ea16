package dev.unroll.evaluation;

import java.util.List;

/** How many references the sentences have. */
final class References {
  /** To be raised whenever a score of the same sentences changes. */
  private static final String VERSION = "unroll.1";

  private static final int VARYING = -1;

  private int each;

  void add(List<String> references) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("a sentence without references cannot be scored");
    }
    each = each == 0 || each == references.size() ? references.size() : VARYING;
  }

  /** sacreBLEU's signature around what the measure says of itself. */
  String signature(String measure) {
    return "nrefs:" + (each == VARYING ? "var" : each) + "|" + measure + "|version:" + VERSION;
  }
}
