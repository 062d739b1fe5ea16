package dev.unroll.charlm;

import dev.unroll.data.DevScore;
import dev.unroll.data.Outcome;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Perplexity;
import dev.unroll.generation.KneserNey;
import dev.unroll.generation.StreamBatches;
import dev.unroll.text.WordVectors;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.MemoryEstimate;
import dev.unroll.training.Trainer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains a {@link CharLmModel}. */
public final class CharLmTrainer extends Trainer<CharLmTrainer> {
  private static final Logger LOG = LoggerFactory.getLogger(CharLmTrainer.class);

  /**
   * During the training, dev is read in that many streams side by side. Each begins in the dark,
   * which makes the score a little worse than that of {@link CharLmModel#evaluate}, the same for
   * every epoch.
   */
  private static final int DEV_STREAMS = 32;

  private final CharLmConfig config;
  private Optional<WordVectors> vectors = Optional.empty();

  /** What a training gives. */
  public record Trained(CharLmModel model, Outcome outcome) {}

  /** A trainer that keeps no checkpoint, is silent and begins with random vectors. */
  public CharLmTrainer(CharLmConfig config) {
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static CharLmModel train(CharLmConfig config, CharEncoder encoder, Split<Passage> split) {
    return new CharLmTrainer(config).train(encoder, split).model();
  }

  @Override
  protected CharLmTrainer self() {
    return this;
  }

  /** Begins with these vectors, at the scale of random ones, where a word has one. */
  public CharLmTrainer vectors(WordVectors vectors) {
    this.vectors = Optional.of(vectors);
    return this;
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws UserError if there is nothing to predict, or the training diverged
   */
  public Trained train(CharEncoder encoder, Split<Passage> split) {
    EncodedText train = encoder.encodeAll(split.train().examples());
    Optional<EncodedText> dev = split.dev().map(part -> encoder.encodeAll(part.examples()));
    report("training", train);
    dev.ifPresent(text -> report("dev", text));
    int devPredictions = dev.map(EncodedText::predictions).orElse(0);
    var configuration = CharLmNetwork.configuration(config, encoder.symbols());
    long parameters = MemoryEstimate.parameters(configuration);
    long memory =
        MemoryEstimate.training(configuration, (long) config.training().batch() * config.window());
    Provenance provenance =
        provenance(split, train.predictions(), devPredictions, config.training().seed());
    var plan =
        new TrainingListener.Plan(
            parameters, memory, train.predictions(), devPredictions, config.training().epochs());
    Run run = begin(config.training(), settings(), split, plan);
    ComputationGraph network = CharLmNetwork.build(configuration);
    vectors.ifPresent(v -> copy(v, encoder, network));
    var batches =
        new StreamBatches(
            train.symbols(),
            encoder,
            config.training().batch(),
            config.window(),
            config.training().seed());
    Outcome outcome =
        run.train(network, batches, dev.map(text -> net -> score(net, encoder, text)));
    CharLmModel model =
        new CharLmModel(
            config,
            encoder,
            network,
            baseline(encoder, train),
            dev.map(text -> metrics(perplexity(network, encoder, text, 1))).orElse(Map.of()),
            provenance);
    run.finish(model::save);
    return new Trained(model, outcome);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(config.toProperties());
    vectors.ifPresent(v -> settings.put("vectors.sha256", v.digest()));
    return settings;
  }

  static void copy(WordVectors vectors, CharEncoder encoder, ComputationGraph network) {
    String table = CharLmNetwork.EMBEDDING;
    double drawn = network.getLayer(table).getParam("W").stdNumber().doubleValue();
    InitialVectors.copy(vectors, encoder.vocabulary(), network, table, drawn);
  }

  private static void report(String part, EncodedText text) {
    if (text.unknown() > 0) {
      LOG.warn(
          "{} of {} symbols of the {} part are rare or unknown and become <UNK>",
          text.unknown(),
          text.predictions(),
          part);
    }
  }

  private Optional<KneserNey> baseline(CharEncoder encoder, EncodedText train) {
    return config.baselineOrder() == 0
        ? Optional.empty()
        : Optional.of(KneserNey.fit(train.symbols(), config.baselineOrder(), encoder.symbols()));
  }

  private static DevScore score(ComputationGraph network, CharEncoder encoder, EncodedText dev) {
    double nats = perplexity(network, encoder, dev, DEV_STREAMS).natsPerCharacter();
    return new DevScore("nats/character", nats, false, nats);
  }

  private static Perplexity perplexity(
      ComputationGraph network, CharEncoder encoder, EncodedText dev, int streams) {
    return CharLmModel.perplexity(
        dev, TextProbability.carried(network, encoder, dev.symbols(), streams, encoder::counts));
  }

  private static Map<String, Double> metrics(Perplexity scores) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("natsPerCharacter", scores.natsPerCharacter());
    metrics.put("bitsPerCharacter", scores.bitsPerCharacter());
    metrics.put("perplexity", scores.perplexity());
    return metrics;
  }
}
