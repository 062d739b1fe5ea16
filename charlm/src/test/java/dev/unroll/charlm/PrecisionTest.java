package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.layers.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in bfloat16, and what becomes of their models. */
class PrecisionTest {
  private static final BooleanSupplier NEVER = () -> false;

  @TempDir Path folder;

  @BeforeEach
  void needsAProcessorThatMultipliesBfloat16() {
    assumeTrue(Kernels.available().contains("onednn-bfloat16"));
  }

  @AfterEach
  void floatsAgain() {
    System.clearProperty("unroll.precision");
  }

  @Test
  void aModelIsTheSameKindOfFileAndScoresTheSame() throws IOException {
    Path narrow = train("narrow.zip", "bfloat16", false, NEVER);
    Path again = train("again.zip", "bfloat16", false, NEVER);
    Path wide = train("wide.zip", "float", false, NEVER);
    assertThat(again).hasSameBinaryContentAs(narrow);
    assertThat(Files.readAllBytes(wide)).isNotEqualTo(Files.readAllBytes(narrow));

    double nats = nats(narrow, "bfloat16");
    assertThat(nats(narrow, "float")).isCloseTo(nats, within(0.005));
    assertThat(nats(wide, "float")).isCloseTo(nats, within(0.05));
  }

  @Test
  void aTrainingGoesOnInWhatItBeganIn() {
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier soon = () -> asked.incrementAndGet() > 3;
    assertThatThrownBy(() -> train("model.zip", "bfloat16", false, soon))
        .isInstanceOf(TrainingStopped.class);

    assertThatThrownBy(() -> train("model.zip", "float", true, NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("precision")
        .hasMessageContaining("bfloat16");
    assertThat(train("model.zip", "bfloat16", true, NEVER)).exists();
  }

  private Path train(String name, String precision, boolean resume, BooleanSupplier stop) {
    System.setProperty("unroll.precision", precision);
    Path target = folder.resolve(name);
    CharLmConfig config =
        CharLmConfig.with(
            Map.of(
                "epochs",
                "3",
                "hidden",
                "24",
                "batch",
                "4",
                "window",
                "16",
                "learning-rate",
                "0.02"));
    CharEncoder encoder = CharEncoder.fit(Verse.corpus(config), config);
    Corpus<Passage> corpus = new Corpus<>(List.of(new Passage(Verse.TEXT)), "a verse", "none");
    new CharLmTrainer(config)
        .target(target, resume)
        .stopWhen(stop)
        .train(encoder, new Split<>(corpus, corpus));
    return target;
  }

  private static double nats(Path model, String precision) {
    System.setProperty("unroll.precision", precision);
    return -CharLmModel.load(model).score(Verse.TEXT).logProbability() / Verse.TEXT.length();
  }
}
