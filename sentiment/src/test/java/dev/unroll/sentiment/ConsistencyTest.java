package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.cli.Cli;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TextSource;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistencyTest {
  private static final Program PROGRAM =
      (out, err, args) -> Cli.run(new Sentiment(), out, err, args);

  @TempDir private Path folder;

  @Test
  void aStoppedTrainingGoesOnToTheSameBytes() throws IOException {
    Path undisturbed = folder.resolve("undisturbed.zip");
    train(undisturbed, Map.of(), 0);
    Path stopped = folder.resolve("stopped.zip");
    assertThatThrownBy(() -> train(stopped, Map.of(), 2)).isInstanceOf(TrainingStopped.class);
    assertThatThrownBy(() -> train(stopped, Map.of(), 3)).isInstanceOf(TrainingStopped.class);
    train(stopped, Map.of(), 0);
    assertThat(stopped).hasSameBinaryContentAs(undisturbed);
    Path other = folder.resolve("other.zip");
    train(other, Map.of("adversarial", "0"), 0);
    assertThat(parameters(other)).isNotEqualTo(parameters(undisturbed));
  }

  private static long parameters(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry("parameters.bin").getCrc();
    }
  }

  /** Two epochs of four steps, ended after so many, or not for 0; goes on where one was ended. */
  private static void train(Path target, Map<String, String> overrides, int steps) {
    Map<String, String> settings =
        new HashMap<>(Map.of("dimensions", "6", "hidden", "4", "layers", "1", "epochs", "2"));
    settings.putAll(Map.of("batch", "8", "adversarial", "0.3", "virtual-adversarial", "0.5"));
    settings.put("averaging", "0");
    settings.putAll(overrides);
    SentimentConfig config = SentimentConfig.with(settings);
    Corpus<Review> sample = Sample.train();
    Corpus<Review> train = part(sample, 0, 32);
    AtomicInteger left = new AtomicInteger(steps);
    new SentimentTrainer(config)
        .unlabelled(part(sample, 40, 60))
        .target(target, Files.exists(target.resolveSibling(target.getFileName() + ".checkpoint")))
        .stopWhen(() -> left.decrementAndGet() == 0)
        .train(ReviewEncoder.fit(train, config), new Split<>(train, part(sample, 60, 70)));
  }

  private static Corpus<Review> part(Corpus<Review> all, int from, int to) {
    return new Corpus<>(all.examples().subList(from, to), all.source(), all.digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not so bad\n\nI { liked } it\n",
        "x\tnot so bad\ny\tI { liked } it\n",
        "__label__x not so bad\n__label__y I { liked } it\n",
        "{\"label\": \"x\", \"text\": \"not so bad\"}\n{\"label\": \"y\", \"text\": \"I { liked } it\"}\n"
      })
  void textsAreReadWithoutTheirLabels(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("texts"), content);
    assertThat(UnlabelledReader.read(TextSource.of(file)).examples())
        .containsExactly(Review.unlabelled("not so bad"), Review.unlabelled("I { liked } it"));
  }

  @Test
  void aFileWithoutTextsIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("empty"), "\n");
    assertThatThrownBy(() -> UnlabelledReader.read(TextSource.of(file)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no texts in it");
  }

  @Test
  void optionsThatNeedEachOtherAreGivenTogether() throws IOException {
    Path data = Files.writeString(folder.resolve("d.tsv"), "a\tx\nb\ty\na\tz\nb\tw\n");
    Path model = folder.resolve("m.zip");
    Object[] shared = {"train", "--train", data, "--dev", data, "--model", model};
    PROGRAM
        .call(with(shared, "--unlabelled", data))
        .isRefused(2, "--unlabelled is for --virtual-adversarial");
    PROGRAM
        .call(with(shared, "--virtual-adversarial", "0.3"))
        .isRefused(
            2, "--virtual-adversarial takes texts without labels; name a file with --unlabelled");
    PROGRAM
        .call(with(shared, "--virtual-adversarial", "0.3", "--unlabelled", folder.resolve("none")))
        .isRefused(3, "none");
  }

  private static Object[] with(Object[] words, Object... more) {
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
