package dev.unroll.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How {@link SpanScores} prints. */
final class ConllevalText {
  private static final int NAME_WIDTH = 17;
  private static final int NUMBER_WIDTH = 6;

  private ConllevalText() {}

  static String of(SpanScores scores) {
    SpanScores.Counts total = scores.total();
    StringBuilder out = new StringBuilder();
    out.append("processed ").append(scores.tokens()).append(" tokens with ");
    out.append(total.gold()).append(" phrases; found: ").append(total.predicted());
    out.append(" phrases; correct: ").append(total.correct()).append(".\n");
    if (scores.tokens() > 0) {
      out.append("accuracy: ").append(number(scores.accuracy())).append("%; ");
      appendScores(out, total);
      out.append('\n');
    }
    for (Map.Entry<String, SpanScores.Counts> type : scores.types().entrySet()) {
      SpanScores.Counts counts = type.getValue();
      // conlleval takes the type without a name for one not seen yet, and so prints it twice.
      boolean twice = type.getKey().isEmpty() && counts.gold() > 0 && counts.predicted() > 0;
      for (int i = twice ? 2 : 1; i > 0; i--) {
        // Perl pads to a number of bytes.
        int width = type.getKey().getBytes(StandardCharsets.UTF_8).length;
        out.append(" ".repeat(Math.max(0, NAME_WIDTH - width))).append(type.getKey()).append(": ");
        appendScores(out, counts);
        out.append("  ").append(counts.predicted()).append('\n');
      }
    }
    return out.toString();
  }

  private static void appendScores(StringBuilder out, SpanScores.Counts counts) {
    out.append("precision: ").append(number(counts.precision())).append("%; ");
    out.append("recall: ").append(number(counts.recall())).append("%; ");
    out.append("FB1: ").append(number(counts.f1()));
  }

  /** C's {@code %6.2f}: the exact binary value rounded, where Java's own rounds a decimal one. */
  private static String number(double value) {
    String text = new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    return " ".repeat(Math.max(0, NUMBER_WIDTH - text.length())) + text;
  }
}
