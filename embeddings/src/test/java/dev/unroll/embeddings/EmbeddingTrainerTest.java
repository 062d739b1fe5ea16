package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.TextSource;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.text.Tokenizer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingTrainerTest {
  static EmbeddingConfig config(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    properties.putAll(
        Map.of("dimensions", "12", "min-count", "1", "epochs", "4", "learning-rate", "0.05"));
    properties.putAll(settings);
    return EmbeddingConfig.with(properties);
  }

  static SentenceReader reader(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new SentenceReader(
        List.of(TextSource.of("text", new ByteArrayInputStream(bytes))),
        Tokenizer.whitespace(),
        false);
  }

  static EmbeddingModel train(Map<String, String> settings, String text) {
    return new EmbeddingTrainer(config(settings)).train(reader(text));
  }

  /** Two groups of words that never meet. */
  static String twoGroups(int sentences) {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      char group = random.nextBoolean() ? 'x' : 'y';
      for (int j = 0; j < 10; j++) {
        text.append(group).append(random.nextInt(8)).append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "architecture, skip-gram, threads, 2",
    "architecture, cbow, threads, 2",
    "loss, hierarchical-softmax, threads, 1",
    "share-negatives, false, threads, 2",
    "min-ngram, 3, buckets, 500",
    "architecture, cbow, min-ngram, 2"
  })
  void wordsThatStandTogetherComeTogether(String key, String value, String key2, String value2) {
    Map<String, String> settings =
        Map.of(key, value, key2, value2, "subsample", "0", "epochs", "8");
    EmbeddingModel model = train(settings, twoGroups(2000));
    assertThat(model.size()).isEqualTo(16);
    for (String word : model.words()) {
      assertThat(model.nearest(word, 4))
          .allSatisfy(n -> assertThat(n.word()).startsWith(word.substring(0, 1)));
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesForAnyNumberOfThreads() {
    String text = twoGroups(3000);
    EmbeddingModel one = train(Map.of("deterministic", "true", "threads", "1"), text);
    EmbeddingModel three = train(Map.of("deterministic", "true", "threads", "3"), text);
    EmbeddingModel other = train(Map.of("deterministic", "true", "seed", "2"), text);
    for (String word : one.words()) {
      assertThat(three.vector(word).orElseThrow()).containsExactly(one.vector(word).orElseThrow());
    }
    assertThat(other.vector("x1").orElseThrow()).isNotEqualTo(one.vector("x1").orElseThrow());
  }

  @Test
  void mayBeStoppedWhileTheTextIsRead() {
    AtomicInteger read = new AtomicInteger();
    EmbeddingTrainer trainer =
        new EmbeddingTrainer(config(Map.of())).stopWhen(() -> read.incrementAndGet() >= 10);
    assertThatThrownBy(() -> trainer.train(reader(twoGroups(3000))))
        .isInstanceOf(TrainingStopped.class)
        .hasMessage("stopped; no checkpoint was kept");
    assertThat(read).hasValueBetween(10, 100); // of 3000 sentences
  }

  @Test
  void tellsHowItGoes() {
    List<String> told = new ArrayList<>();
    new EmbeddingTrainer(config(Map.of("threads", "1", "epochs", "2")))
        .listener(
            new TrainingListener() {
              @Override
              public void planned(Plan plan) {
                told.add(plan.parameters() + " of " + plan.trainExamples());
              }

              @Override
              public void stepped(Step step) {
                assertThat(step.batch()).isBetween(0, step.batches());
                assertThat(step.examples()).isBetween(0L, 40_000L);
                assertThat(step.examplesPerSecond()).isPositive();
                assertThat(step.remaining()).isGreaterThanOrEqualTo(Duration.ZERO);
              }

              @Override
              public void epochEnded(Epoch epoch) {
                told.add("epoch " + epoch.epoch() + " at " + epoch.learningRate());
              }

              @Override
              public void ended(Summary summary) {
                told.add(summary.reason());
              }
            })
        .train(reader(twoGroups(4000)));
    // 16 words of 12 dimensions, in and out; the rate falls in a line, though not to nothing.
    assertThat(told)
        .containsExactly(
            "384 of 40000",
            "epoch 1 at 0.025",
            "epoch 2 at " + 0.05 * EmbeddingConfig.LEAST_RATE,
            "all 2 epochs done");
  }

  @Test
  void rareWordsGetNoVectorAndFrequentOnesComeFirst() {
    EmbeddingModel model = train(Map.of("min-count", "2"), "b a a c b a\nd c\n");
    assertThat(model.words()).containsExactly("a", "b", "c");
  }

  @Test
  void oneWordIsEnough() {
    assertThat(train(Map.of(), "word").words()).containsExactly("word");
    assertThat(train(Map.of("loss", "hierarchical-softmax"), "word word").size()).isEqualTo(1);
    assertThat(train(Map.of("architecture", "cbow"), "word word word").size()).isEqualTo(1);
  }

  @Test
  void aTextWithoutWordsIsRefused() {
    assertThatThrownBy(() -> train(Map.of(), " \n\n\t "))
        .isInstanceOf(UserError.class)
        .hasMessage("text: holds no words; give a text");
    assertThatThrownBy(() -> train(Map.of("min-count", "3"), "a b a"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no word is seen 3 times");
  }
}
