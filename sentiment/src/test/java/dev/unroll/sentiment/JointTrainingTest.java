package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Settings;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.WordModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of a training beside language models, and what is kept of it on the way. */
class JointTrainingTest {
  private static final double GAMMA = 0.3;

  private static WordModel forward;
  private static WordModel reverse;

  @BeforeAll
  static void train(@TempDir Path folder) {
    forward = WordModel.load(TinyLanguageModel.train(folder.resolve("forward.zip"), false));
    reverse =
        WordModel.load(
            TinyLanguageModel.train(
                folder.resolve("reverse.zip"), true, "adaptive-softmax", "3,5"));
  }

  @Test
  void whatIsSavedHasNothingOfTheOutputs(@TempDir Path folder) throws IOException {
    List<WordModel> models = List.of(forward, reverse);
    SentimentModel joint = trained(GAMMA, models);
    SentimentModel plain = trained(0, models);
    Path jointly = folder.resolve("joint.zip");
    Path plainly = folder.resolve("plain.zip");
    joint.save(jointly);
    plain.save(plainly);
    assertThat(entries(jointly)).isEqualTo(entries(plainly));
    assertThat(parameters(jointly)).hasSameSizeAs(parameters(plainly));
    assertThat(parameters(jointly)).isNotEqualTo(parameters(plainly));
    assertThat(SentimentModel.load(jointly).classify("a good day"))
        .isEqualTo(joint.classify("a good day"));
    // The scores of the epoch that was kept are those of what was saved.
    assertThat(joint.evaluate(JointTexts.TEXTS).logLoss())
        .isEqualTo(joint.metrics().get("logLoss"), within(1e-6));
  }

  /** Which needs the outputs and their moments in the checkpoint. */
  @Test
  void aStoppedTrainingGoesOnToTheSameBytes(@TempDir Path folder) throws IOException {
    Path undisturbed = folder.resolve("undisturbed.zip");
    train(undisturbed, false, Integer.MAX_VALUE);
    Path stopped = folder.resolve("stopped.zip");
    assertThatThrownBy(() -> train(stopped, false, 3)).isInstanceOf(TrainingStopped.class);
    assertThat(stopped).doesNotExist();
    train(stopped, true, Integer.MAX_VALUE);
    assertThat(Files.readAllBytes(stopped)).isEqualTo(Files.readAllBytes(undisturbed));
  }

  private static void train(Path target, boolean resume, int questions) {
    List<WordModel> models = List.of(forward, reverse);
    SentimentConfig config =
        Settings.with(
            JointTexts.config(GAMMA, models), Map.of("dropout", "0.5", "averaging", "0.5"));
    AtomicInteger left = new AtomicInteger(questions);
    new SentimentTrainer(config)
        .languageModels(models)
        .target(target, resume)
        .stopWhen(() -> left.decrementAndGet() <= 0)
        .train(JointTexts.encoder(config), JointTexts.split());
  }

  @Test
  void aLossOfALanguageModelNeedsOne() {
    SentimentConfig config = SentimentConfig.with(Map.of("language-model-loss", "0.5"));
    Split<Review> split = JointTexts.split();
    ReviewEncoder encoder = ReviewEncoder.fit(split.train(), config);
    assertThatThrownBy(() -> SentimentTrainer.train(config, encoder, split))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("got 0.5 without one; add ");
    assertThatThrownBy(() -> config.withLanguageModels(List.of())).isInstanceOf(UserError.class);
    for (String wrong : List.of("-1", "NaN", "Infinity")) {
      assertThatThrownBy(() -> SentimentConfig.with(Map.of("language-model-loss", wrong)))
          .hasMessageContaining("language-model-loss must be 0 or more");
    }
  }

  private static SentimentModel trained(double gamma, List<WordModel> models) {
    SentimentConfig config = JointTexts.config(gamma, models);
    return new SentimentTrainer(config)
        .languageModels(models)
        .train(JointTexts.encoder(config), JointTexts.split())
        .model();
  }

  private static List<String> entries(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  private static byte[] parameters(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getInputStream(zip.getEntry("parameters.bin")).readAllBytes();
    }
  }
}
