package dev.unroll.charlm;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.evaluation.Perplexity;
import dev.unroll.generation.KneserNey;
import dev.unroll.generation.StreamBatches;
import dev.unroll.text.VectorRows;
import dev.unroll.text.WordVectors;
import dev.unroll.training.EpochBatches;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.Recipe;
import dev.unroll.training.Trained;
import dev.unroll.training.TrainedNetwork;
import dev.unroll.training.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains a {@link CharLmModel}. */
public final class CharLmTrainer extends Trainer<CharLmTrainer> {
  private static final Logger LOG = LoggerFactory.getLogger(CharLmTrainer.class);

  private final CharLmConfig config;
  private Optional<WordVectors> vectors = Optional.empty();
  private Optional<CharLmModel> beginning = Optional.empty();

  /**
   * A trainer that keeps no checkpoint, is silent and begins with random vectors.
   *
   * @throws dev.unroll.data.UserError if settings make no sense together
   */
  public CharLmTrainer(CharLmConfig config) {
    super(config.training(), config.toProperties());
    this.config = config.checked();
  }

  /** Trains in one call, with nothing but what is given. */
  public static CharLmModel train(CharLmConfig config, CharEncoder encoder, Split<Passage> split) {
    return new CharLmTrainer(config).train(encoder, split).model();
  }

  /** Begins with these vectors, at the scale of random ones, where a word has one. */
  public CharLmTrainer vectors(WordVectors vectors) {
    this.vectors = Optional.of(vectors);
    return dependsOn("vectors.sha256", vectors.digest());
  }

  /**
   * Begins with the parameters of a model, in place of random ones; {@link CharLmModel#encoder} is
   * then the encoder to train with.
   *
   * @throws IllegalArgumentException if the settings are those of another network or other symbols
   */
  public CharLmTrainer beginWith(CharLmModel model) {
    if (!new Beginning(model, "the model").fits(config)) {
      throw new IllegalArgumentException("the network is not of the size and kind of the model's");
    }
    this.beginning = Optional.of(model);
    return dependsOn("begin-with.sha256", model.digest());
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws dev.unroll.data.UserError if there is nothing to predict, or the training diverged
   * @throws IllegalArgumentException if the encoder is not that of the model to begin with
   */
  public Trained<CharLmModel> train(CharEncoder encoder, Split<Passage> split) {
    List<String> symbols = encoder.vocabulary().words();
    if (beginning.stream().anyMatch(m -> !m.encoder().vocabulary().words().equals(symbols))) {
      throw new IllegalArgumentException("the encoder knows other symbols than the model");
    }
    try (CharLmRecipe recipe = new CharLmRecipe(encoder, split)) {
      return train(recipe);
    }
  }

  private final class CharLmRecipe implements Recipe<CharLmModel>, AutoCloseable {
    private final CharEncoder encoder;
    private final Split<Passage> split;
    private final EncodedText train;

    /** With nothing left to choose. */
    private final CharLmConfig chosen;

    private Optional<EncodedText> dev = Optional.empty();
    private Optional<KneserNey> baseline;

    CharLmRecipe(CharEncoder encoder, Split<Passage> split) {
      this.encoder = encoder;
      this.split = split;
      this.train = encode(split.train());
      try {
        this.chosen = config.withCutoffs(train.symbols(), encoder.symbols());
      } catch (RuntimeException e) {
        train.close(); // of a long text, a file
        throw e;
      }
    }

    private EncodedText encode(Corpus<Passage> part) {
      return encoder.encodeAll(part.examples(), CharLmTrainer.this::stopIfRequested);
    }

    @Override
    public Split<Passage> split() {
      return split;
    }

    @Override
    public ComputationGraphConfiguration configuration() {
      return CharLmNetwork.configuration(chosen, encoder.symbols());
    }

    @Override
    public EpochBatches batches() {
      report("training", train);
      baseline = baseline(encoder, train); // what is too much for memory fails now, not in the end
      return new StreamBatches(
          train.symbols(),
          encoder,
          config.training().batch(),
          config.window(),
          config.training().seed());
    }

    @Override
    public Optional<Function<ComputationGraph, DevScore>> scorer() {
      dev = split.dev().map(this::encode);
      dev.ifPresent(text -> report("dev", text));
      Function<ComputationGraph, TrainedNetwork> trained = TrainedNetwork.whileTraining();
      return dev.map(text -> network -> score(trained.apply(network), encoder, text));
    }

    @Override
    public long steps() {
      return (long) config.training().batch() * config.window();
    }

    @Override
    public long trainExamples() {
      return train.predictions();
    }

    @Override
    public long devExamples() {
      return dev.map(EncodedText::predictions).orElse(0L);
    }

    @Override
    public Optional<String> advice() {
      return chosen.equals(config)
          ? Optional.empty()
          : Optional.of(
              "adaptive-softmax = %s was chosen for %,d symbols"
                  .formatted(chosen.adaptiveSoftmax(), encoder.symbols()));
    }

    @Override
    public void initialise(ComputationGraph network) {
      vectors.ifPresent(v -> copy(v, encoder, network));
      beginning.ifPresent(model -> network.params().assign(model.parameters()));
    }

    @Override
    public CharLmModel model(
        ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
      return new CharLmModel(
          chosen, encoder, TrainedNetwork.of(network), baseline, metrics, provenance);
    }

    @Override
    public void close() {
      train.close();
      dev.ifPresent(EncodedText::close);
    }
  }

  /** The vectors are brought to the scale of those that the network drew. */
  static void copy(WordVectors vectors, CharEncoder encoder, ComputationGraph network) {
    String table = CharLmNetwork.EMBEDDING;
    double drawn = network.getLayer(table).getParam("W").stdNumber().doubleValue();
    InitialVectors.copy(VectorRows.of(vectors, encoder.vocabulary(), drawn), network, table);
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
    if (config.baselineOrder() == 0) {
      return Optional.empty();
    }
    KneserNey ngrams = KneserNey.fit(train.symbols(), config.baselineOrder(), encoder.symbols());
    if (ngrams.counted() < train.predictions()) {
      LOG.warn(
          "the n-grams to compare with are those of the first {} of {} symbols",
          ngrams.counted(),
          train.predictions());
    }
    return Optional.of(ngrams);
  }

  private static DevScore score(TrainedNetwork network, CharEncoder encoder, EncodedText dev) {
    double log =
        network.with(
            lent -> TextProbability.sideBySide(lent, encoder, dev.symbols(), encoder::counts));
    Perplexity scores = Evaluator.perplexity(dev, log);
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("natsPerCharacter", scores.natsPerCharacter());
    metrics.put("bitsPerCharacter", scores.bitsPerCharacter());
    metrics.put("perplexity", scores.perplexity());
    double nats = scores.natsPerCharacter();
    return new DevScore("nats/character", nats, false, nats, metrics);
  }
}
