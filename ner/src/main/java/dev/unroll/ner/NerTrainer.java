package dev.unroll.ner;

import dev.unroll.evaluation.SpanScores;
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

/** Trains a {@link NerModel}. */
public final class NerTrainer {
  private final NerConfig config;
  private TrainingListener listener = new TrainingListener() {};
  private BooleanSupplier stopRequested = () -> false;
  private Optional<WordVectors> vectors = Optional.empty();
  private Optional<Path> target = Optional.empty();
  private boolean resume;

  /** What a training gives. */
  public record Trained(NerModel model, Training.Outcome outcome) {}

  /** A trainer that keeps no checkpoint, is silent and begins with random vectors. */
  public NerTrainer(NerConfig config) {
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static NerModel train(NerConfig config, TagEncoder encoder, Split<TaggedSentence> split) {
    return new NerTrainer(config).train(encoder, split).model();
  }

  /** Tells {@code listener} how it goes. */
  public NerTrainer listener(TrainingListener listener) {
    this.listener = listener;
    return this;
  }

  /** Ends the training, after a checkpoint, once {@code stopRequested} is true. */
  public NerTrainer stopWhen(BooleanSupplier stopRequested) {
    this.stopRequested = stopRequested;
    return this;
  }

  /** Begins with these vectors where a word has one. */
  public NerTrainer vectors(WordVectors vectors) {
    this.vectors = Optional.of(vectors);
    return this;
  }

  /**
   * Checks beforehand that the model can be written to {@code target}, and keeps a checkpoint
   * beside it.
   *
   * @param resume whether to go on from the checkpoint of an earlier run
   */
  public NerTrainer target(Path target, boolean resume) {
    this.target = Optional.of(target);
    this.resume = resume;
    return this;
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()}.
   *
   * @throws dev.unroll.text.UserError if the data cannot be learnt from, or the training diverged
   */
  public Trained train(TagEncoder encoder, Split<TaggedSentence> split) {
    List<TaggedSentence> train = pieces(split.train().examples());
    List<TaggedSentence> dev = pieces(split.dev().examples());
    var configuration = NerNetwork.configuration(config, encoder);
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
            encoder.forTraining(),
            config.training().batch(),
            config.training().tokens(),
            config.training().seed());
    Tagger tagger = new Tagger(network, encoder);
    var training =
        new Training(network, config.training(), batches, net -> score(tagger, dev))
            .listener(listener)
            .stopWhen(stopRequested);
    checkpoint.ifPresent(training::checkpoint);
    Training.Outcome outcome = training.run();
    NerModel model =
        new NerModel(
            config,
            encoder,
            network,
            KnownEntities.of(split.train().examples()),
            metrics(tagger, dev),
            provenance);
    target.ifPresent(model::save);
    checkpoint.ifPresent(Checkpoint::delete);
    return new Trained(model, outcome);
  }

  private List<TaggedSentence> pieces(List<TaggedSentence> sentences) {
    return sentences.stream()
        .flatMap(sentence -> sentence.pieces(config.maxWords()).stream())
        .toList();
  }

  private Checkpoint checkpoint(Path path, Provenance provenance, long parameters) {
    // The checkpoint holds parameters, the best parameters and Adam's two moments.
    ModelFileWriter.check(path, MemoryEstimate.FLOAT_BYTES * parameters * 5);
    Map<String, String> fingerprint = new LinkedHashMap<>(config.toProperties());
    provenance.data().forEach((part, digest) -> fingerprint.put(part + ".sha256", digest));
    vectors.ifPresent(v -> fingerprint.put("vectors.sha256", v.digest()));
    return new Checkpoint(path, fingerprint, resume);
  }

  private static DevScore score(Tagger tagger, List<TaggedSentence> dev) {
    Tagger.Scored scored = tagger.score(dev);
    double f1 = NerModel.compare(dev, scored.entities()).total().f1();
    return new DevScore("f1", f1, true, scored.loss());
  }

  private static Map<String, Double> metrics(Tagger tagger, List<TaggedSentence> dev) {
    Tagger.Scored scored = tagger.score(dev);
    SpanScores scores = NerModel.compare(dev, scored.entities());
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("f1", scores.total().f1());
    metrics.put("precision", scores.total().precision());
    metrics.put("recall", scores.total().recall());
    metrics.put("accuracy", scores.accuracy());
    metrics.put("logLoss", scored.loss());
    return metrics;
  }

  private Provenance provenance(Split<TaggedSentence> split) {
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
