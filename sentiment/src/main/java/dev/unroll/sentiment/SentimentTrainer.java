package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.Outcome;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingListener;
import dev.unroll.evaluation.Confusion;
import dev.unroll.text.WordVectors;
import dev.unroll.training.Batches;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.MemoryEstimate;
import dev.unroll.training.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains a {@link SentimentModel}. */
public final class SentimentTrainer extends Trainer<SentimentTrainer> {
  private final SentimentConfig config;
  private Optional<WordVectors> vectors = Optional.empty();

  /** What a training gives. */
  public record Trained(SentimentModel model, Outcome outcome) {}

  /** A trainer that keeps no checkpoint, is silent and begins with random vectors. */
  public SentimentTrainer(SentimentConfig config) {
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static SentimentModel train(
      SentimentConfig config, ReviewEncoder encoder, Split<Review> split) {
    return new SentimentTrainer(config).train(encoder, split).model();
  }

  @Override
  protected SentimentTrainer self() {
    return this;
  }

  /** Begins with these vectors where a word has one. */
  public SentimentTrainer vectors(WordVectors vectors) {
    this.vectors = Optional.of(vectors);
    return this;
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws dev.unroll.data.UserError if the data cannot be learnt from, or the training diverged
   */
  public Trained train(ReviewEncoder encoder, Split<Review> split) {
    List<Review> train = split.train().examples();
    Optional<List<Review>> dev = split.dev().map(Corpus::examples);
    int devSize = dev.map(List::size).orElse(0);
    var configuration =
        SentimentNetwork.configuration(
            config, encoder.vocabulary().size(), encoder.labels().size());
    long parameters = MemoryEstimate.parameters(configuration);
    long memory = MemoryEstimate.training(configuration, config.training().tokens());
    Provenance provenance = provenance(split, train.size(), devSize, config.training().seed());
    var plan =
        new TrainingListener.Plan(
            parameters, memory, train.size(), devSize, config.training().epochs());
    Run run = begin(config.training(), settings(), split, plan);
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    vectors.ifPresent(v -> InitialVectors.copy(v, encoder.vocabulary(), network, "embedding"));
    var batches =
        new Batches<>(
            train,
            encoder,
            config.training().batch(),
            config.training().tokens(),
            config.training().seed());
    Outcome outcome =
        run.train(network, batches, dev.map(reviews -> net -> score(net, encoder, reviews)));
    Map<String, Double> metrics =
        dev.map(reviews -> metrics(SentimentModel.evaluate(network, encoder, reviews)))
            .orElse(Map.of());
    SentimentModel model = new SentimentModel(config, encoder, network, metrics, provenance);
    run.finish(model::save);
    return new Trained(model, outcome);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(config.toProperties());
    vectors.ifPresent(v -> settings.put("vectors.sha256", v.digest()));
    return settings;
  }

  private static DevScore score(ComputationGraph network, ReviewEncoder encoder, List<Review> dev) {
    Confusion scores = SentimentModel.evaluate(network, encoder, dev);
    return new DevScore("accuracy", scores.accuracy(), true, scores.logLoss());
  }

  private static Map<String, Double> metrics(Confusion scores) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", scores.accuracy());
    metrics.put("macroF1", scores.macroF1());
    metrics.put("logLoss", scores.logLoss());
    return metrics;
  }
}
