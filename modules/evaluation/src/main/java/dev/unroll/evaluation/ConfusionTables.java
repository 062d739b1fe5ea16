package dev.unroll.evaluation;

import java.util.List;

/** How a {@link Confusion} prints. */
final class ConfusionTables {
  private ConfusionTables() {}

  static String of(Confusion scores) {
    return scores(scores) + "\n" + classes(scores) + "\n" + matrix(scores);
  }

  private static TextTable scores(Confusion scores) {
    return new TextTable()
        .row("", "accuracy", "macro-F1", "log-loss", "examples")
        .row(
            "model",
            share(scores.accuracy()),
            share(scores.macroF1()),
            share(scores.logLoss()),
            count(scores.examples()))
        .row(
            scores.examples() == 0
                ? "majority class"
                : "always " + scores.labels().get(scores.majority()),
            share(scores.majorityAccuracy()),
            share(scores.majorityMacroF1()),
            "",
            "");
  }

  private static TextTable classes(Confusion scores) {
    TextTable table = new TextTable().row("class", "precision", "recall", "F1", "support");
    for (int c = 0; c < scores.labels().size(); c++) {
      table.row(
          scores.labels().get(c),
          share(scores.precision(c)),
          share(scores.recall(c)),
          share(scores.f1(c)),
          count(scores.support(c)));
    }
    return table;
  }

  private static TextTable matrix(Confusion scores) {
    List<String> labels = scores.labels();
    TextTable table = new TextTable();
    String[] head = new String[labels.size() + 1];
    head[0] = "true \\ answered";
    for (int c = 0; c < labels.size(); c++) {
      head[c + 1] = labels.get(c);
    }
    table.row(head);
    for (int gold = 0; gold < labels.size(); gold++) {
      String[] row = new String[labels.size() + 1];
      row[0] = labels.get(gold);
      for (int c = 0; c < labels.size(); c++) {
        row[c + 1] = count(scores.count(gold, c));
      }
      table.row(row);
    }
    return table;
  }

  private static String share(double value) {
    return TextTable.number(value, 4);
  }

  private static String count(long value) {
    return Long.toString(value);
  }
}
