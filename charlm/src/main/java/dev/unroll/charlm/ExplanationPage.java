package dev.unroll.charlm;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Explanations of one text by one or more models as a page of HTML that needs nothing else. */
final class ExplanationPage {
  private static final String PLACE = "/*MODELS*/[]";
  private static final MathContext DIGITS = new MathContext(3);

  private ExplanationPage() {}

  static String of(List<Explanation> explanations) {
    // The default Gson writes < and > as escapes, so that no text can end the script.
    String models = new Gson().toJson(explanations.stream().map(ExplanationPage::model).toList());
    return template().replace(PLACE, models);
  }

  private static Map<String, Object> model(Explanation explanation) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", explanation.model());
    model.put("read", explanation.read());
    model.put("predicted", explanation.predicted());
    model.put("logProbabilities", rounded(explanation.logProbabilities()));
    model.put("byDistance", rounded(explanation.byDistance()));
    List<List<Double>> rows = new ArrayList<>();
    for (int t = 0; t < explanation.influence().length; t++) {
      double[] row = new double[t + 1];
      for (int s = 0; s <= t; s++) {
        row[s] = explanation.influence()[t][s];
      }
      rows.add(rounded(row));
    }
    model.put("influence", rows);
    return model;
  }

  private static List<Double> rounded(double[] values) {
    List<Double> rounded = new ArrayList<>(values.length);
    for (double value : values) {
      rounded.add(new BigDecimal(value).round(DIGITS).doubleValue());
    }
    return rounded;
  }

  private static String template() {
    try (InputStream in = ExplanationPage.class.getResourceAsStream("explanation.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
