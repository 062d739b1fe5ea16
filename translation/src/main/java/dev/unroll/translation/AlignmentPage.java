package dev.unroll.translation;

import dev.unroll.cli.HtmlPage;
import dev.unroll.data.UserError;
import dev.unroll.text.ReversibleWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a decoder looked at in one or more sentences, as a page of HTML that needs nothing else. */
final class AlignmentPage {
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
    return new HtmlPage(AlignmentPage.class, "alignment.html")
        .fill("SENTENCES", translated.stream().map(AlignmentPage::sentence).toList())
        .html();
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
      rows.add(HtmlPage.rounded(row));
    }
    sentence.put("weights", rows);
    return sentence;
  }

  /** Hardly any font on a reader's machine has the joiner. */
  private static List<String> shown(List<String> symbols) {
    return symbols.stream().map(symbol -> symbol.replace(ReversibleWords.JOINER, '·')).toList();
  }
}
