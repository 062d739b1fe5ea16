package dev.unroll.sentiment;

import dev.unroll.evaluation.Confusion;
import dev.unroll.text.Split;
import dev.unroll.text.WordVectors;
import dev.unroll.training.Batches;
import dev.unroll.training.Checkpoint;
import dev.unroll.training.DevScore;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.MemoryEstimate;
import dev.unroll.training.ModelFileWriter;
import dev.unroll.training.Provenance;
import dev.unroll.training.Training;
import dev.unroll.training.TrainingListener;
import dev.unroll.training.Version;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains a {@link SentimentModel}. */
public final class SentimentTrainer {
  private final SentimentConfig config;
  private TrainingListener listener = new TrainingListener() {};
  private BooleanSupplier stopRequested = () -> false;
  private Optional<WordVectors> vectors = Optional.empty();
  private Optional<Path> target = Optional.empty();
  private boolean resume;

  /** What a training gives. */
  public record Trained(SentimentModel model, Training.Outcome outcome) {}

  /** A trainer that keeps no checkpoint, is silent and begins with random vectors. */
  public SentimentTrainer(SentimentConfig config) {
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static SentimentModel train(
      SentimentConfig config, ReviewEncoder encoder, Split<Review> split) {
    return new SentimentTrainer(config).train(encoder, split).model();
  }

  /** Tells {@code listener} how it goes. */
  public SentimentTrainer listener(TrainingListener listener) {
    this.listener = listener;
    return this;
  }

  /** Ends the training, after a checkpoint, once {@code stopRequested} is true. */
  public SentimentTrainer stopWhen(BooleanSupplier stopRequested) {
    this.stopRequested = stopRequested;
    return this;
  }

  /** Begins with these vectors where a word has one. */
  public SentimentTrainer vectors(WordVectors vectors) {
    this.vectors = Optional.of(vectors);
    return this;
  }

  /**
   * Checks beforehand that the model can be written to {@code target}, and keeps a checkpoint
   * beside it.
   *
   * @param resume whether to go on from the checkpoint of an earlier run
   */
  public SentimentTrainer target(Path target, boolean resume) {
    this.target = Optional.of(target);
    this.resume = resume;
    return this;
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()}.
   *
   * @throws dev.unroll.text.UserError if the data cannot be learnt from, or the training diverged
   */
  public Trained train(ReviewEncoder encoder, Split<Review> split) {
    List<Review> train = split.train().examples();
    List<Review> dev = split.dev().examples();
    var configuration =
        SentimentNetwork.configuration(
            config, encoder.vocabulary().size(), encoder.labels().size());
    long parameters = MemoryEstimate.parameters(configuration);
    long memory = MemoryEstimate.training(configuration, config.training().tokens());
    Provenance provenance = provenance(split);
    Optional<Checkpoint> checkpoint = target.map(path -> checkpoint(path, provenance, parameters));
    listener.planned(
        new TrainingListener.Plan(
            parameters, memory, train.size(), dev.size(), config.training().epochs()));
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
    var training =
        new Training(network, config.training(), batches, net -> score(net, encoder, dev))
            .listener(listener)
            .stopWhen(stopRequested);
    checkpoint.ifPresent(training::checkpoint);
    Training.Outcome outcome = training.run();
    Confusion scores = SentimentModel.evaluate(network, encoder, dev);
    SentimentModel model =
        new SentimentModel(config, encoder, network, metrics(scores), provenance);
    target.ifPresent(model::save);
    checkpoint.ifPresent(Checkpoint::delete);
    return new Trained(model, outcome);
  }

  private Checkpoint checkpoint(Path path, Provenance provenance, long parameters) {
    // The checkpoint holds parameters, the best parameters and Adam's two moments.
    ModelFileWriter.check(path, MemoryEstimate.FLOAT_BYTES * parameters * 5);
    Map<String, String> fingerprint = new LinkedHashMap<>(config.toProperties());
    provenance.data().forEach((part, digest) -> fingerprint.put(part + ".sha256", digest));
    vectors.ifPresent(v -> fingerprint.put("vectors.sha256", v.digest()));
    return new Checkpoint(path, fingerprint, resume);
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

  private Provenance provenance(Split<Review> split) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("train", split.train().digest());
    data.put("dev", split.dev().digest());
    Map<String, Integer> examples = new LinkedHashMap<>();
    examples.put("train", split.train().examples().size());
    examples.put("dev", split.dev().examples().size());
    return new Provenance(
        Version.current(), Version.deeplearning4j(), config.training().seed(), data, examples);
  }
}
