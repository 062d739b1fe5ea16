package dev.unroll.ner;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.Outcome;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingListener;
import dev.unroll.evaluation.SpanScores;
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

/** Trains a {@link NerModel}. */
public final class NerTrainer extends Trainer<NerTrainer> {
  private final NerConfig config;
  private Optional<WordVectors> vectors = Optional.empty();

  /** What a training gives. */
  public record Trained(NerModel model, Outcome outcome) {}

  /** A trainer that keeps no checkpoint, is silent and begins with random vectors. */
  public NerTrainer(NerConfig config) {
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static NerModel train(NerConfig config, TagEncoder encoder, Split<TaggedSentence> split) {
    return new NerTrainer(config).train(encoder, split).model();
  }

  @Override
  protected NerTrainer self() {
    return this;
  }

  /** Begins with these vectors where a word has one. */
  public NerTrainer vectors(WordVectors vectors) {
    this.vectors = Optional.of(vectors);
    return this;
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws dev.unroll.data.UserError if the data cannot be learnt from, or the training diverged
   */
  public Trained train(TagEncoder encoder, Split<TaggedSentence> split) {
    List<TaggedSentence> train = pieces(split.train().examples());
    Optional<List<TaggedSentence>> dev = split.dev().map(part -> pieces(part.examples()));
    int devSize = split.dev().map(Corpus::size).orElse(0);
    var configuration = NerNetwork.configuration(config, encoder);
    long parameters = MemoryEstimate.parameters(configuration);
    long memory = MemoryEstimate.training(configuration, config.training().tokens());
    Provenance provenance =
        provenance(split, split.train().size(), devSize, config.training().seed());
    var plan =
        new TrainingListener.Plan(
            parameters,
            memory,
            train.size(),
            dev.map(List::size).orElse(0),
            config.training().epochs());
    Run run = begin(config.training(), settings(), split, plan);
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    vectors.ifPresent(
        v ->
            InitialVectors.copy(
                v, encoder.vocabulary(), network, "embedding", config.vectorScale()));
    var batches =
        new Batches<>(
            train,
            encoder.forTraining(),
            config.training().batch(),
            config.training().tokens(),
            config.training().seed());
    Tagger tagger = new Tagger(network, encoder);
    Outcome outcome =
        run.train(network, batches, dev.map(sentences -> net -> score(tagger, sentences)));
    NerModel model =
        new NerModel(
            config,
            encoder,
            network,
            KnownEntities.of(split.train().examples()),
            dev.map(sentences -> metrics(tagger, sentences)).orElse(Map.of()),
            provenance);
    run.finish(model::save);
    return new Trained(model, outcome);
  }

  private List<TaggedSentence> pieces(List<TaggedSentence> sentences) {
    return sentences.stream()
        .flatMap(sentence -> sentence.pieces(config.maxWords()).stream())
        .toList();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(config.toProperties());
    vectors.ifPresent(v -> settings.put("vectors.sha256", v.digest()));
    return settings;
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
}
