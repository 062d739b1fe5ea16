package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Corpus;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.TrainedNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One table, input feeding and scheduled sampling in a model and its file. */
class OptionsTest {
  @TempDir private Path folder;

  @Test
  void theModelIsThatOfItsFile() {
    TranslationConfig config =
        TranslationModelTest.config(
            "joint", "true",
            "tied", "true",
            "input-feeding", "true",
            "scheduled-sampling", "0.5",
            "epochs", "1");
    Corpus<SentencePair> pairs = Reversed.pairs(60, 1);
    PairEncoder encoder = PairEncoder.fit(pairs, config);
    TranslationModel model =
        TranslationTrainer.train(config, encoder, new Split<>(pairs, Reversed.pairs(10, 2)));
    assertThat(encoder.source()).isSameAs(encoder.target());
    Path file = folder.resolve("model.zip");
    model.save(file);
    TranslationModel loaded = TranslationModel.load(file);
    assertThat(loaded.config()).isEqualTo(config);
    assertThat(loaded.parameters()).isEqualTo(model.parameters());
    assertThat(loaded.description())
        .isEqualTo("lstm 1 × 48, additive attention with input feeding");
    List<String> texts = List.of("a b c", "h", "zxqv a");
    assertThat(loaded.translate(texts, SearchConfig.defaults()))
        .usingRecursiveComparison()
        .isEqualTo(model.translate(texts, SearchConfig.defaults()));
    assertThat(loaded.logProbabilities(pairs.examples()))
        .isEqualTo(model.logProbabilities(pairs.examples()));
  }

  @Test
  void aFileWithoutTheOptionsHasThemOff() {
    Toy toy = new Toy();
    Map<String, String> settings = new TreeMap<>(toy.config.toProperties());
    assertThat(settings.remove("input-feeding")).isEqualTo("false");
    assertThat(Double.parseDouble(settings.remove("scheduled-sampling"))).isZero();
    Path path = folder.resolve("before.zip");
    Provenance provenance = new Provenance("1", "2", 1, Map.of(), Map.of());
    try (ModelFileWriter file = NetworkFile.begin(path, "translation", settings)) {
      toy.encoder.write(file);
      NetworkFile.finish(file, TrainedNetwork.of(toy.network), Map.of(), provenance);
    }
    TranslationModel loaded = TranslationModel.load(path);
    assertThat(loaded.config()).isEqualTo(toy.config);
    assertThat(loaded.parameters()).isEqualTo(toy.network.params());
  }
}
