package dev.unroll.charlm;

import dev.unroll.cli.HtmlPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Explanations of one text by one or more models as a page of HTML that needs nothing else. */
final class ExplanationPage {
  private ExplanationPage() {}

  static String of(List<Explanation> explanations) {
    return new HtmlPage(ExplanationPage.class, "explanation.html")
        .fill("MODELS", explanations.stream().map(ExplanationPage::model).toList())
        .html();
  }

  private static Map<String, Object> model(Explanation explanation) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", explanation.model());
    model.put("read", explanation.read());
    model.put("predicted", explanation.predicted());
    model.put("logProbabilities", HtmlPage.rounded(explanation.logProbabilities()));
    model.put("byDistance", HtmlPage.rounded(explanation.byDistance()));
    List<List<Double>> rows = new ArrayList<>();
    for (int t = 0; t < explanation.influence().length; t++) {
      double[] row = new double[t + 1];
      for (int s = 0; s <= t; s++) {
        row[s] = explanation.influence()[t][s];
      }
      rows.add(HtmlPage.rounded(row));
    }
    model.put("influence", rows);
    return model;
  }
}
