package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Vectors that were just trained, as a library has them. */
class TrainedModelTest extends ModelContract<EmbeddingModel, String, List<Neighbour>> {
  @Override
  protected boolean isNetwork() {
    return false;
  }

  @Override
  protected EmbeddingModel learn() {
    return EmbeddingTrainerTest.train(
        Map.of("subsample", "0", "epochs", "8", "deterministic", "true"),
        EmbeddingTrainerTest.twoGroups(1000));
  }

  /** Words that never stood together are not near each other. */
  @Override
  protected void assertLearnt(EmbeddingModel model) {
    for (String word : model.words()) {
      assertThat(model.nearest(word, 4))
          .allSatisfy(n -> assertThat(n.word()).startsWith(word.substring(0, 1)));
    }
  }

  @Override
  protected EmbeddingModel train(long seed) {
    return EmbeddingTrainerTest.train(
        Map.of("deterministic", "true", "seed", String.valueOf(seed)),
        EmbeddingTrainerTest.twoGroups(200));
  }

  @Override
  protected List<String> questions() {
    return List.of("x1", "y7", "", "unknown", "👍", "x".repeat(10_000));
  }

  @Override
  protected List<List<Neighbour>> answer(EmbeddingModel model, List<String> words) {
    return words.stream().map(word -> answer(model, word)).toList();
  }

  @Override
  protected List<Neighbour> answer(EmbeddingModel model, String word) {
    return model.nearest(word, 5);
  }

  @Override
  protected void save(EmbeddingModel model, Path file) {
    model.save(file);
  }

  @Override
  protected EmbeddingModel load(Path file) {
    return EmbeddingModel.load(file);
  }

  @Override
  protected List<Object> description(EmbeddingModel model) {
    return List.of(model.words(), model.dimensions());
  }

  @Override
  protected boolean isChecksummed() {
    return false;
  }

  @Override
  protected String extension() {
    return ".bin";
  }

  @Override
  protected Optional<Function<InputStream, EmbeddingModel>> streamLoader() {
    return Optional.of(EmbeddingModel::load);
  }

  @Override
  protected Optional<Function<String, EmbeddingModel>> resourceLoader() {
    return Optional.of(name -> EmbeddingModel.load(EmbeddingModel.class, name));
  }

  @Override
  protected String resource() {
    return "/models/subwords.bin";
  }
}
