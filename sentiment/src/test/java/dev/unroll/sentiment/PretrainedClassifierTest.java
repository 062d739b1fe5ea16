package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.training.Networks;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier that begins with another one. */
class PretrainedClassifierTest {
  private static final List<String> LABELS = List.of("negative", "positive");
  private static SentimentModel first;

  @BeforeAll
  static void train() {
    SentimentConfig config = SentimentConfig.with(settings("hidden", "4", "dimensions", "3"));
    Split<Review> split =
        split(new Review("positive", "a good zebra"), new Review("negative", "a bad day"));
    first = SentimentTrainer.train(config, ReviewEncoder.fit(split.train(), config), split);
  }

  private static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>(Map.of("epochs", "2", "averaging", "0"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private static Split<Review> split(Review... reviews) {
    Corpus<Review> corpus = new Corpus<>(List.of(reviews), "reviews", "none");
    return new Split<>(corpus, corpus);
  }

  /** The network of a classifier of other texts before its first step. */
  private static ComputationGraph begin(SentimentConfig config, ReviewEncoder encoder) {
    ComputationGraph network =
        Networks.of(
            SentimentNetwork.configuration(
                config, encoder.vocabulary().size(), encoder.labels().size()));
    new PretrainedClassifier(first, "first.zip").copyTo(network, encoder);
    return network;
  }

  @Test
  void beginsWithWhatTheOtherOneAnswers() {
    SentimentConfig config = new PretrainedClassifier(first, "first.zip").config(settings());
    Split<Review> other =
        split(new Review("positive", "good whale"), new Review("negative", "a whale day"));
    ReviewEncoder encoder =
        ReviewEncoder.fit(
            other.train(), config, new PretrainedClassifier(first, "first.zip").words());
    assertThat(encoder.labels()).isEqualTo(LABELS);
    ComputationGraph network = begin(config, encoder);
    for (String text : List.of("a good zebra", "bad", "day zebra good a", "")) {
      List<EncodedReview> review = List.of(encoder.prepare(Review.unlabelled(text)));
      float[] begun = network.output(encoder.encode(review).getFeatures(0))[0].toFloatVector();
      List<EncodedReview> before = List.of(first.encoder().prepare(Review.unlabelled(text)));
      float[] had =
          first
              .network()
              .graph()
              .output(first.encoder().encode(before).getFeatures(0))[0]
              .toFloatVector();
      assertThat(begun).as(text).containsExactly(had);
    }
  }

  @Test
  void labelsMayBeOthers() {
    SentimentConfig config = new PretrainedClassifier(first, "first.zip").config(settings());
    Split<Review> other =
        split(
            new Review("bad", "a bad day"),
            new Review("fair", "a day"),
            new Review("good", "a good day"));
    ReviewEncoder encoder =
        ReviewEncoder.fit(
            other.train(), config, new PretrainedClassifier(first, "first.zip").words());
    ComputationGraph network = begin(config, encoder);
    ComputationGraph had = first.network().graph();
    for (String name : List.of("recurrent1_fRW", "recurrent2_bW")) {
      assertThat(network.getParam(name)).as(name).isEqualTo(had.getParam(name));
    }
    SentimentModel trained =
        new SentimentTrainer(config).beginWith(first).train(encoder, other).model();
    assertThat(trained.labels()).containsExactly("bad", "fair", "good");
    assertThat(trained.encoder().vocabulary().contains("zebra")).isTrue();
  }

  @Test
  void settingsThatAreFixedAreTakenOverOrRefused() {
    PretrainedClassifier classifier = new PretrainedClassifier(first, "first.zip");
    SentimentConfig config = classifier.config(settings("hidden", "4", "dropout", "0.1"));
    assertThat(config.network().hidden()).isEqualTo(4);
    assertThat(config.network().dropout()).isEqualTo(0.1);
    assertThatThrownBy(() -> classifier.config(settings("hidden", "5")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "hidden must be 4, as in first.zip, with which the training begins, got 5; leave it out");
    assertThatThrownBy(
            () -> new SentimentTrainer(SentimentConfig.with(settings())).beginWith(first))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCheckpointBelongsToWhatItBeganWith(@TempDir Path folder) {
    Split<Review> split =
        split(new Review("positive", "a good zebra"), new Review("negative", "a bad day"));
    SentimentConfig config =
        new PretrainedClassifier(first, "first.zip").config(settings("batch", "1"));
    ReviewEncoder encoder =
        ReviewEncoder.fit(
            split.train(), config, new PretrainedClassifier(first, "first.zip").words());
    Path target = folder.resolve("second.zip");
    int[] questions = {3};
    assertThatThrownBy(
            () ->
                new SentimentTrainer(config)
                    .beginWith(first)
                    .target(target, false)
                    .stopWhen(() -> --questions[0] <= 0)
                    .train(encoder, split))
        .isInstanceOf(TrainingStopped.class);
    assertThatThrownBy(
            () -> new SentimentTrainer(config).target(target, true).train(encoder, split))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("begin-with");
  }
}
