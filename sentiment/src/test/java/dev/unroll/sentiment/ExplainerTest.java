package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.training.Probabilities;
import dev.unroll.training.TrainedNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient times the vector is how the probability changes when the vector grows. */
class ExplainerTest {
  private static final Review ASKED = new Review("good", "A lovely little film");
  private static final double STEP = 0.02;

  private static SentimentConfig config(String pooling) {
    return SentimentConfig.with(
        Map.of("dimensions", "6", "hidden", "5", "pooling", pooling, "dropout", "0.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max", "max-mean", "last"})
  void influencesAreThoseOfFiniteDifferences(String pooling) {
    SentimentConfig config = config(pooling);
    Corpus<Review> reviews =
        new Corpus<>(List.of(ASKED, new Review("bad", "The worst film")), "two", "none");
    ReviewEncoder encoder = ReviewEncoder.fit(reviews, config);
    ComputationGraph network = SentimentNetwork.build(config, encoder.vocabulary().size(), 2);
    network.params().muli(3); // an untrained network hardly depends on what it reads
    EncodedReview asked = encoder.prepare(ASKED);
    double[] influences = new Explainer(config, encoder, network).influences(asked);
    assertThat(influences).hasSize(4);
    INDArray vectors =
        network.getLayer(SentimentNetwork.EMBEDDING).getParam("W"); // [words, dimensions]
    for (int i = 0; i < influences.length; i++) {
      INDArray vector = vectors.getRow(asked.words()[i]);
      INDArray before = vector.dup();
      vector.muli(1 + STEP);
      double above = logProbability(network, encoder, asked);
      vector.assign(before.mul(1 - STEP));
      double below = logProbability(network, encoder, asked);
      vector.assign(before);
      double difference = (above - below) / (2 * STEP);
      assertThat(influences[i]).as("word " + i).isCloseTo(difference, within(2e-3));
    }
    assertThat(Arrays.stream(influences).map(Math::abs).max().orElse(0)).isGreaterThan(0.02);
  }

  private static double logProbability(
      ComputationGraph network, ReviewEncoder encoder, EncodedReview asked) {
    double[][] probabilities =
        TrainedNetwork.of(network)
            .with(forward -> Probabilities.of(forward, encoder, List.of(asked)));
    return Math.log(probabilities[0][asked.label()]);
  }

  @Test
  void aTextWithoutWordsHasNoInfluences() {
    SentimentConfig config = config("max");
    ReviewEncoder encoder =
        ReviewEncoder.fit(
            new Corpus<>(List.of(ASKED, new Review("bad", "The worst film")), "two", "none"),
            config);
    ComputationGraph network = SentimentNetwork.build(config, encoder.vocabulary().size(), 2);
    Explainer explainer = new Explainer(config, encoder, network);
    assertThat(explainer.influences(encoder.prepare(new Review("good", " ")))).isEmpty();
  }
}
