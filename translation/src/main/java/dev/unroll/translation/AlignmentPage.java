package dev.unroll.translation;

import com.google.gson.Gson;
import dev.unroll.data.UserError;
import dev.unroll.text.ReversibleWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a decoder looked at in one or more sentences, as a page of HTML that needs nothing else. */
final class AlignmentPage {
  private static final String PLACE = "/*SENTENCES*/[]";
  private static final MathContext DIGITS = new MathContext(3);

  private AlignmentPage() {}

  /** Refuses a model that looks at nothing. */
  static void checkAttention(Path file, TranslationConfig config) {
    if (config.attention() == TranslationConfig.Attention.NONE) {
      throw UserError.data(
          file,
          "this model was trained without attention; train one with "
              + UserError.setting("attention")
              + " additive");
    }
  }

  static String of(List<Translated> translated) {
    // The default Gson writes < and > as escapes, so that no text can end the script.
    String sentences = new Gson().toJson(translated.stream().map(AlignmentPage::sentence).toList());
    return template().replace(PLACE, sentences);
  }

  private static Map<String, Object> sentence(Translated translated) {
    Alignment alignment = translated.alignment().orElseThrow();
    Map<String, Object> sentence = new LinkedHashMap<>();
    sentence.put("text", translated.text());
    sentence.put("translation", translated.translation());
    sentence.put("source", shown(alignment.source()));
    sentence.put("target", shown(alignment.target()));
    List<List<Double>> rows = new ArrayList<>();
    for (float[] row : alignment.weights()) {
      rows.add(rounded(row));
    }
    sentence.put("weights", rows);
    return sentence;
  }

  /** Hardly any font on a reader's machine has the joiner. */
  private static List<String> shown(List<String> symbols) {
    return symbols.stream().map(symbol -> symbol.replace(ReversibleWords.JOINER, '·')).toList();
  }

  private static List<Double> rounded(float[] values) {
    List<Double> rounded = new ArrayList<>(values.length);
    for (float value : values) {
      rounded.add(new BigDecimal(value).round(DIGITS).doubleValue());
    }
    return rounded;
  }

  private static String template() {
    try (InputStream in = AlignmentPage.class.getResourceAsStream("alignment.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
