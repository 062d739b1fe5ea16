package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import dev.unroll.testing.ModelContract;
import dev.unroll.training.Networks;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Learns to say sentences of up to six words backwards. */
class TranslationModelTest extends ModelContract<TranslationModel, String, Translated> {
  private static final Corpus<SentencePair> PAIRS = Reversed.pairs(400, 1);

  private static final List<String> ODD =
      List.of(
          "",
          "   ",
          "a",
          "zxqv",
          "a zxqv b",
          "Привет, мир",
          "👍",
          "a b c d e f",
          "a b c ".repeat(40),
          "h g a");

  static TranslationConfig config(String... settings) {
    Map<String, String> overrides =
        new HashMap<>(
            Map.ofEntries(
                Map.entry("dimensions", "24"),
                Map.entry("hidden", "48"),
                Map.entry("epochs", "16"),
                Map.entry("batch", "16"),
                Map.entry("patience", "0"),
                Map.entry("learning-rate", "0.01"),
                Map.entry("dropout", "0"),
                Map.entry("embedding-dropout", "0"),
                Map.entry("label-smoothing", "0"),
                Map.entry("max-length", "8"),
                Map.entry("words", "whole")));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return TranslationConfig.with(overrides);
  }

  private static TranslationModel train(TranslationConfig config) {
    return TranslationTrainer.train(
        config, PairEncoder.fit(PAIRS, config), new Split<>(PAIRS, Reversed.pairs(30, 2)));
  }

  @Override
  protected TranslationModel learn() {
    return train(config());
  }

  @Override
  protected void assertLearnt(TranslationModel model) {
    assertThat(model.metrics().get("bleu")).isGreaterThan(95);
    assertThat(model.metrics().get("perplexity")).isBetween(1.0, 1.1);
    List<SentencePair> unseen = Reversed.pairs(50, 3).examples();
    List<Translated> translated =
        model.translate(
            unseen.stream().map(SentencePair::source).toList(), SearchConfig.defaults());
    for (int i = 0, wrong = 0; i < unseen.size(); i++) {
      wrong += translated.get(i).translation().equals(unseen.get(i).target()) ? 0 : 1;
      assertThat(wrong).as("wrong translations").isLessThan(5);
    }
  }

  @Override
  protected TranslationModel train(long seed) {
    return train(
        config(
            "epochs", "1",
            "dropout", "0.3",
            "embedding-dropout", "0.3",
            "label-smoothing", "0.1",
            "seed", Long.toString(seed)));
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
  protected JsonElement json(Translated answer) {
    return new Gson().toJsonTree(List.of(answer.text(), answer.alternatives()));
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

  /** Trains four networks; that each computes what it should is tested layer by layer. */
  @Test
  @Tag("slow")
  void everyNetworkLearnsIt() {
    for (String[] settings :
        new String[][] {
          {"cell", "gru", "attention", "additive", "epochs", "15"},
          {"cell", "rnn", "attention", "dot", "tied", "true", "epochs", "25"},
          {"layers", "2", "words", "subwords", "merges", "10", "joint", "true", "epochs", "15"},
          {
            "input-feeding", "true",
            "scheduled-sampling", "0.3",
            "attention", "general",
            "joint", "true",
            "tied", "true",
            "epochs", "15"
          }
        }) {
      TranslationModel other = train(config(settings));
      assertThat(other.metrics().get("perplexity")).as(String.join(" ", settings)).isLessThan(1.5);
    }
  }

  @Test
  @Tag("slow")
  void withoutAttentionItIsHarder() {
    TranslationModel none = train(config("attention", "none"));
    assertThat(none.metrics().get("perplexity"))
        .isGreaterThan(model().metrics().get("perplexity") + 0.01);
    assertThat(none.metrics().get("perplexity")).as("of eight words and the end").isLessThan(6);
    assertThat(none.translate("a b").alignment()).isEmpty();
    SearchConfig coverage = new SearchConfig(2, 1, 0.2, 1, false, 0);
    assertThatThrownBy(() -> none.translate(List.of("a"), coverage))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("attention");
  }

  @Test
  void whatItSaysOfATranslationIsWhatItFoundIt() {
    List<SentencePair> unseen = Reversed.pairs(20, 5).examples();
    double[] logs = model().logProbabilities(unseen);
    double[] losses = losses(model(), unseen);
    for (int i = 0; i < logs.length; i++) {
      Translated translated = model().translate(unseen.get(i).source());
      SentencePair same = new SentencePair(unseen.get(i).source(), translated.translation());
      assertThat(translated.logProbability())
          .isCloseTo(model().logProbabilities(List.of(same))[0], within(1e-4));
      assertThat(logs[i]).isEqualTo(model().logProbabilities(unseen)[i]).isLessThanOrEqualTo(0);
      assertThat(logs[i]).isCloseTo(-losses[i], within(1e-4));
    }
    assertThatThrownBy(() -> model().logProbabilities(List.of(SentencePair.untranslated("a"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What Deeplearning4j's network loses on each pair, all steps of the decoder at once. */
  private static double[] losses(TranslationModel model, List<SentencePair> pairs) {
    ComputationGraph network =
        Networks.of(
            TranslationNetwork.configuration(
                model.config(), model.encoder().source().size(), model.encoder().target().size()));
    network.setParams(model.parameters());
    PairEncoder encoder = model.encoder();
    return network.scoreExamples(encoder.encode(encoder.prepareAll(pairs)), false).toDoubleVector();
  }

  @Test
  void aBlankTextHasTheEmptyTranslation() {
    Translated blank = model().translate(" ");
    assertThat(blank.translation()).isEmpty();
    assertThat(blank.logProbability()).isZero();
    assertThat(blank.alternatives()).hasSize(1);
  }

  @Test
  void aLongTextIsTranslatedInPieces() {
    String half = "a b c d e.";
    assertThat(model().encoder().source(half)).hasSize(7);
    Translated whole = model().translate("a b c d e f a b c d e f");
    Translated first = model().translate("a b c d e f a b");
    Translated second = model().translate("c d e f");
    assertThat(whole.translation()).isEqualTo(first.translation() + " " + second.translation());
    assertThat(whole.logProbability())
        .isCloseTo(first.logProbability() + second.logProbability(), within(1e-4));
  }

  @Test
  void looksAtTheWordThatItTranslates() {
    SearchConfig aligned = new SearchConfig(3, 1, 0, 3, true, 0);
    Translated translated = model().translate(List.of("a b c d"), aligned).get(0);
    assertThat(translated.translation()).isEqualTo("D C B A");
    assertThat(translated.alternatives()).hasSizeBetween(2, 3);
    assertThat(translated.alternatives().get(0).translation()).isEqualTo("D C B A");
    Alignment alignment = translated.alignment().orElseThrow();
    assertThat(alignment.source()).containsExactly("a", "b", "c", "d", "<END>");
    assertThat(alignment.target()).containsExactly("D", "C", "B", "A", "<END>");
    for (float[] row : alignment.weights()) {
      float sum = 0;
      for (float weight : row) {
        sum += weight;
      }
      assertThat(sum).isCloseTo(1, within(1e-5f));
    }
  }
}
