package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
  private static final String TEXT = EmbeddingTrainerTest.twoGroups(4000); // some blocks
  private static final Map<String, String> SETTINGS = Map.of("threads", "1", "epochs", "2");

  @TempDir private Path folder;
  private Path model;
  private Path checkpoint;

  @BeforeEach
  void names() {
    model = folder.resolve("vectors.bin");
    checkpoint = folder.resolve("vectors.bin.checkpoint");
  }

  private static EmbeddingTrainer trainer(Map<String, String> settings) {
    return new EmbeddingTrainer(EmbeddingTrainerTest.config(settings));
  }

  /** The vectors of a training that nothing disturbed. */
  private byte[] undisturbed() throws Exception {
    Path file = folder.resolve("undisturbed.bin");
    trainer(SETTINGS).target(file, false).train(EmbeddingTrainerTest.reader(TEXT));
    return Files.readAllBytes(file);
  }

  /** Stops within the epoch when it has asked so often, once the text is read. */
  private void stop(boolean resume, int questions) {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    EmbeddingTrainer trainer =
        trainer(SETTINGS)
            .target(model, resume)
            .listener(
                new TrainingListener() {
                  @Override
                  public void planned(Plan plan) {
                    left.set(questions);
                  }
                })
            .stopWhen(() -> left.decrementAndGet() < 0);
    assertThatThrownBy(() -> trainer.train(EmbeddingTrainerTest.reader(TEXT)))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining(checkpoint.toString());
    assertThat(checkpoint).exists();
    assertThat(model).doesNotExist();
  }

  private void resume(Map<String, String> changes, String text) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(changes);
    trainer(settings).target(model, true).train(EmbeddingTrainerTest.reader(text));
  }

  private void assertRefused(Map<String, String> changes, String text, String... said) {
    assertThatThrownBy(() -> resume(changes, text))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.DATA))
        .hasMessageStartingWith(checkpoint + ": ")
        .hasMessageContainingAll(said)
        .hasMessageNotContaining("\n");
    assertThat(model).doesNotExist();
  }

  @Test
  void aTrainingThatIsStoppedAgainAndAgainGoesOnToTheSameBytes() throws Exception {
    stop(false, 2);
    stop(true, 1);
    stop(true, 3);
    resume(Map.of(), TEXT);
    assertThat(Files.readAllBytes(model)).isEqualTo(undisturbed());
    assertThat(folder).isDirectoryNotContaining("glob:**.checkpoint*");
  }

  @Test
  void aLongEpochHasCheckpointsToo() throws Exception {
    AtomicLong clock = new AtomicLong();
    Set<String> places = new TreeSet<>();
    EmbeddingTrainer trainer =
        trainer(SETTINGS)
            .target(model, false)
            .clock(clock::get)
            .stopWhen(
                () -> {
                  clock.addAndGet(TimeUnit.MINUTES.toNanos(2)); // before each block
                  if (Files.exists(checkpoint)) {
                    try (ModelFile file = ModelFile.open(checkpoint, "checkpoint")) {
                      var place = file.properties("place.properties");
                      places.add(place.get("epoch") + ":" + place.get("block"));
                    }
                  }
                  return false;
                });
    trainer.train(EmbeddingTrainerTest.reader(TEXT));
    // 44,000 numbers, the ends of sentences among them, are five blocks of at least 10,000.
    assertThat(places).contains("0:1", "0:2", "0:3", "0:4", "1:0", "1:1", "1:2", "1:3", "1:4");
    assertThat(Files.readAllBytes(model)).isEqualTo(undisturbed());
  }

  @Test
  void damageIsRefusedOrWithoutConsequence() throws Exception {
    byte[] right = undisturbed();
    stop(false, 4);
    byte[] good = Files.readAllBytes(checkpoint);
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 120; i++) {
      byte[] bytes = good.clone();
      int at = random.nextInt(bytes.length);
      switch (i % 4) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) random.nextInt(256);
        default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4096), (byte) 0);
      }
      Files.write(checkpoint, bytes);
      Files.deleteIfExists(model);
      try {
        resume(Map.of(), TEXT);
        assertThat(Files.readAllBytes(model)).as("damage %d at %d", i, at).isEqualTo(right);
      } catch (UserError e) {
        assertThat(e.kind()).isEqualTo(UserError.Kind.DATA);
        assertThat(e)
            .hasMessageStartingWith(checkpoint + ": ")
            .hasMessageContaining("without resume");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(60);
  }

  /** Writes the checkpoint anew, with right checksums, but with other content. */
  private void forge(Map<String, String> place, int inputBytes, byte filler) throws Exception {
    Map<String, String> fingerprint;
    Map<String, String> places;
    Map<String, byte[]> weights = new HashMap<>();
    try (ModelFile file = ModelFile.open(checkpoint, "checkpoint")) {
      fingerprint = file.properties("fingerprint.properties");
      places = new HashMap<>(file.properties("place.properties"));
      for (String name : new String[] {"input.bin", "output.bin"}) {
        try (InputStream in = file.open(name)) {
          weights.put(name, in.readAllBytes());
        }
      }
    }
    places.putAll(place);
    byte[] input = weights.get("input.bin");
    byte[] forged = Arrays.copyOf(input, input.length + inputBytes);
    if (filler != 0) {
      Arrays.fill(forged, 12, 16, filler);
    }
    try (ModelFileWriter file = new ModelFileWriter(checkpoint, "checkpoint")) {
      file.properties("fingerprint.properties", fingerprint);
      file.properties("place.properties", places);
      file.binary("input.bin", out -> out.write(forged));
      file.binary("output.bin", out -> out.write(weights.get("output.bin")));
      file.commit();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "epoch, -1",
    "epoch, 2",
    "epoch, 2147483648",
    "epoch, one",
    "epoch, ''",
    "block, -1",
    "block, 1000000",
    "block, 4294967296",
    "milliseconds, -5"
  })
  void aPlaceThatIsNotInTheTrainingIsRefused(String key, String value) throws Exception {
    stop(false, 2);
    forge(Map.of(key, value), 0, (byte) 0);
    assertRefused(Map.of(), TEXT, key + " must be from 0 to ", "got " + value);
  }

  @Test
  void weightsOfAnotherLengthOrNotFiniteAreRefused() throws Exception {
    stop(false, 2);
    byte[] good = Files.readAllBytes(checkpoint);
    forge(Map.of(), -4, (byte) 0);
    assertRefused(Map.of(), TEXT, "fewer than 16 rows");
    Files.write(checkpoint, good);
    forge(Map.of(), 4, (byte) 0);
    assertRefused(Map.of(), TEXT, "more than 16 rows");
    Files.write(checkpoint, good);
    forge(Map.of(), 0, (byte) 0xFF);
    assertRefused(Map.of(), TEXT, "row 0 of the weights is not finite");
  }

  @Test
  void whatDiffersFromTheRunThatStoppedIsNamed() {
    stop(false, 2);
    assertRefused(Map.of("window", "3"), TEXT, "made with window = 5, this run has 3");
    assertRefused(Map.of("epochs", "9"), TEXT, "made with epochs = 2, this run has 9");
    String backwards =
        TEXT.lines().sorted(Comparator.reverseOrder()).collect(Collectors.joining("\n"));
    assertRefused(Map.of(), backwards, "made with train.sha256 = ");
    assertRefused(Map.of(), TEXT.replace("x7", "x9"), "made with train.sha256 = ");
    resume(Map.of("threads", "2"), TEXT); // may differ
    assertThat(model).exists();
  }

  @Test
  void theCommandLineRefusesADamagedOneInOneLine() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), TEXT);
    Files.writeString(checkpoint, "unrollwe and then something else");
    var err = new java.io.ByteArrayOutputStream();
    int code =
        dev.unroll.cli.Cli.run(
            new Embeddings(),
            java.io.OutputStream.nullOutputStream(),
            new java.io.PrintStream(err, true),
            "train",
            "--resume",
            "--train",
            text.toString(),
            "--model",
            model.toString());
    assertThat(code).isEqualTo(3);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(checkpoint + ": not a model file");
  }
}
