package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Learns a handful of pairs by heart, and is then asked all that a user may ask. */
class TranslationModelTest extends ModelContract<TranslationModel, String, Translated> {
  private static final Corpus<SentencePair> HANDFUL =
      new Corpus<>(Sample.train().examples().subList(0, 12), "a handful", "none");

  private static final List<String> ODD =
      List.of(
          "", "   ", "Ich", "x", "東京", "👍 \ud800", "Ich lese ein Buch.", "Das Buch! ".repeat(40));

  private static TranslationConfig config(String... settings) {
    Map<String, String> overrides =
        new HashMap<>(
            Map.of(
                "dimensions", "24",
                "hidden", "32",
                "merges", "60",
                "epochs", "60",
                "batch", "4",
                "patience", "0",
                "learning-rate", "0.02",
                "dropout", "0",
                "embedding-dropout", "0"));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return TranslationConfig.with(overrides);
  }

  private static TranslationModel train(TranslationConfig config) {
    return TranslationTrainer.train(
        config, PairEncoder.fit(HANDFUL, config), new Split<>(HANDFUL, HANDFUL));
  }

  @Override
  protected TranslationModel learn() {
    return train(config());
  }

  @Override
  protected void assertLearnt(TranslationModel model) {
    assertThat(scores(model).bleu().score()).isGreaterThan(95);
    assertThat(model.metrics().get("bleu")).isGreaterThan(95);
  }

  private static TranslationScores scores(TranslationModel model) {
    return TranslationScores.of(model, HANDFUL.examples(), SearchConfig.defaults(), false);
  }

  @Override
  protected TranslationModel train(long seed) {
    String[] dropping = {"epochs", "2", "dropout", "0.3", "embedding-dropout", "0.3"};
    List<String> settings = new ArrayList<>(List.of(dropping));
    settings.addAll(List.of("seed", String.valueOf(seed)));
    return train(config(settings.toArray(String[]::new)));
  }

  @Override
  protected List<String> questions() {
    return ODD;
  }

  @Override
  protected List<Translated> answer(TranslationModel model, List<String> texts) {
    return model.translate(texts, SearchConfig.defaults());
  }

  @Override
  protected Translated answer(TranslationModel model, String text) {
    return model.translate(text);
  }

  @Override
  protected void save(TranslationModel model, Path file) {
    model.save(file);
  }

  @Override
  protected TranslationModel load(Path file) {
    return TranslationModel.load(file);
  }

  @Override
  protected Optional<Function<InputStream, TranslationModel>> streamLoader() {
    return Optional.of(TranslationModel::load);
  }

  @Override
  protected List<Object> description(TranslationModel model) {
    return List.of(model.config(), model.metrics(), model.provenance());
  }

  @Override
  protected JsonElement json(Translated answer) {
    JsonObject object = new JsonObject();
    object.addProperty("translation", answer.translation());
    object.addProperty("logProbability", answer.logProbability());
    object.add("alternatives", new Gson().toJsonTree(answer.alternatives()));
    return object;
  }

  @Test
  void everyAttentionAndCellLearnsIt() {
    for (String[] settings :
        new String[][] {
          {"attention", "none", "epochs", "100"},
          {"attention", "dot", "cell", "gru"},
          {"attention", "additive", "joint", "true", "tied", "true"},
          {"words", "whole", "layers", "2"}
        }) {
      TranslationModel other = train(config(settings));
      assertThat(scores(other).bleu().score()).as("%s", List.of(settings)).isGreaterThan(80);
    }
  }

  @Test
  void theProbabilityOfATranslationIsThatWhichItWasFoundWith() {
    SearchConfig search = SearchConfig.defaults();
    List<String> texts = HANDFUL.examples().stream().map(SentencePair::source).toList();
    List<Translated> found = model().translate(texts, search);
    List<SentencePair> pairs =
        found.stream().map(one -> new SentencePair(one.text(), one.translation())).toList();
    double[] logProbabilities = model().logProbabilities(pairs);
    int compared = 0;
    for (int i = 0; i < pairs.size(); i++) {
      assertThat(logProbabilities[i]).isNegative();
      // Only where the text is cut into the symbols that were written.
      if (pairs.get(i).target().equals(HANDFUL.examples().get(i).target())) {
        assertThat(found.get(i).logProbability()).isEqualTo(logProbabilities[i], within(1e-3));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(8);
  }

  @Test
  void attentionIsSpreadOverTheSymbolsOfTheSource() {
    SearchConfig search = new SearchConfig(3, 1, 0.2, 2, true, 0);
    Translated translated = model().translate(List.of("Ich lese ein Buch."), search).get(0);
    assertThat(translated.alternatives()).hasSize(2);
    Alignment alignment = translated.alignment().orElseThrow();
    assertThat(alignment.source()).isEqualTo(model().encoder().sourceTokens("Ich lese ein Buch."));
    for (float[] row : alignment.weights()) {
      double sum = 0;
      for (float weight : row) {
        sum += weight;
      }
      assertThat(sum).isEqualTo(1, within(1e-4));
    }
  }
}
