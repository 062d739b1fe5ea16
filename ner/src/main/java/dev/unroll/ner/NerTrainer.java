package dev.unroll.ner;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.evaluation.SpanScores;
import dev.unroll.generation.language.CharacterStates;
import dev.unroll.generation.language.StackedStates;
import dev.unroll.generation.language.StoredStates;
import dev.unroll.text.VectorRows;
import dev.unroll.text.WordVectors;
import dev.unroll.training.Batches;
import dev.unroll.training.Encoder;
import dev.unroll.training.EpochBatches;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.Recipe;
import dev.unroll.training.Trained;
import dev.unroll.training.TrainedNetwork;
import dev.unroll.training.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains a {@link NerModel}. */
public final class NerTrainer extends Trainer<NerTrainer> {
  private final NerConfig config;
  private Optional<WordVectors> vectors = Optional.empty();
  private Optional<Beginning> beginning = Optional.empty();
  private LanguageModels models = LanguageModels.NONE;

  /** A trainer that keeps no checkpoint, is silent and begins with random vectors. */
  public NerTrainer(NerConfig config) {
    super(config.training(), config.toProperties());
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static NerModel train(NerConfig config, TagEncoder encoder, Split<TaggedSentence> split) {
    return new NerTrainer(config).train(encoder, split).model();
  }

  /** Begins with these vectors where a word has one. */
  public NerTrainer vectors(WordVectors vectors) {
    this.vectors = Optional.of(vectors);
    return dependsOn("vectors.sha256", vectors.digest());
  }

  /**
   * Reads the sentences with these language models too, which learn nothing. What they make of the
   * training and dev parts is computed once, before the first epoch, and kept in a temporary file.
   *
   * @param embedded whether the tagger's file shall have the models in it, so that it needs nothing
   *     beside it
   */
  public NerTrainer languageModels(List<CharacterStates> languageModels, boolean embedded) {
    return languageModels(new LanguageModels(new StackedStates(languageModels), embedded));
  }

  private NerTrainer languageModels(LanguageModels read) {
    this.models = read;
    List<CharacterStates> languageModels = read.states().models();
    for (int i = 0; i < languageModels.size(); i++) {
      dependsOn("language-model-%d.sha256".formatted(i + 1), languageModels.get(i).sha256());
    }
    long bytes = languageModels.stream().mapToLong(CharacterStates::bytes).sum();
    return alsoWrites(read.embedded() ? bytes : 0);
  }

  /**
   * Begins with the layers of another tagger, and reads with its language models. The encoder has
   * to be {@linkplain TagEncoder#fit(Corpus, NerConfig, Optional, Optional) fitted} with it. Words
   * that it does not know begin with their {@link #vectors}, if those are given.
   *
   * @param embedded whether the new tagger's file shall have the language models in it; it has them
   *     anyway if the other one's has
   * @throws IllegalArgumentException if the network has other sizes; see {@link
   *     NerConfig#withSizesOf}
   */
  public NerTrainer beginWith(NerModel model, boolean embedded) {
    if (!config.withSizesOf(model.config()).equals(config)) {
      throw new IllegalArgumentException(
          "the network is not of the other tagger's sizes; see NerConfig.withSizesOf");
    }
    Beginning begins = new Beginning(model, "the other tagger");
    this.beginning = Optional.of(begins);
    return languageModels(begins.languageModels(embedded))
        .dependsOn("begin-with.sha256", begins.digest());
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws dev.unroll.data.UserError if the data cannot be learnt from, or the training diverged
   */
  public Trained<NerModel> train(TagEncoder encoder, Split<TaggedSentence> split) {
    try (NerRecipe recipe = new NerRecipe(encoder.with(models.states()), split)) {
      return train(recipe);
    }
  }

  private final class NerRecipe implements Recipe<NerModel>, AutoCloseable {
    private final TagEncoder encoder;
    private final Split<TaggedSentence> split;
    private final List<StoredStates> stored = new ArrayList<>();

    NerRecipe(TagEncoder encoder, Split<TaggedSentence> split) {
      this.encoder = encoder;
      this.split = split;
    }

    @Override
    public Split<TaggedSentence> split() {
      return split;
    }

    @Override
    public ComputationGraphConfiguration configuration() {
      return NerNetwork.configuration(config, encoder);
    }

    @Override
    public EpochBatches batches() {
      Encoder<TaggedSentence, EncodedSentence> dropping = encoder.forTraining();
      List<TaggedSentence> pieces =
          pieces(
              CaseCopies.add(
                  split.train().examples(),
                  config.lowercaseCopies(),
                  config.uppercaseCopies(),
                  config.training().seed()));
      return new Batches<>(
          withStates(pieces, dropping.prepareAll(pieces)), dropping, config.training());
    }

    @Override
    public Optional<Function<ComputationGraph, DevScore>> scorer() {
      return split
          .dev()
          .map(part -> devSentences(pieces(part.examples())))
          .map(dev -> TrainedNetwork.whileTraining().andThen(dev::score));
    }

    private DevSentences devSentences(List<TaggedSentence> pieces) {
      List<EncodedSentence> encoded = pieces.stream().map(encoder::prepareKnown).toList();
      return new DevSentences(pieces, encoder, withStates(pieces, encoded));
    }

    /** The same with what language models make of the sentences, computed now for all epochs. */
    private List<EncodedSentence> withStates(
        List<TaggedSentence> pieces, List<EncodedSentence> encoded) {
      if (models.states().width() == 0) {
        return encoded;
      }
      StoredStates states =
          models
              .states()
              .store(
                  pieces.stream().map(TaggedSentence::words).toList(),
                  new NowAndThen(NerTrainer.this::stopIfRequested));
      stored.add(states);
      return IntStream.range(0, encoded.size())
          .mapToObj(i -> encoded.get(i).withStates(states.of(i)))
          .toList();
    }

    @Override
    public void close() {
      stored.forEach(StoredStates::close);
    }

    private List<TaggedSentence> pieces(List<TaggedSentence> sentences) {
      return sentences.stream()
          .flatMap(sentence -> sentence.pieces(config.maxWords()).stream())
          .toList();
    }

    @Override
    public long steps() {
      return config.training().tokens();
    }

    @Override
    public void initialise(ComputationGraph network) {
      vectors.ifPresent(
          v ->
              InitialVectors.copy(
                  VectorRows.of(v, encoder.vocabulary(), config.vectorScale()),
                  network,
                  "embedding"));
      beginning.ifPresent(begins -> begins.copyTo(network, config, encoder));
    }

    @Override
    public NerModel model(
        ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
      KnownEntities known = KnownEntities.of(split.train().examples());
      return new NerModel(
          config,
          encoder,
          TrainedNetwork.of(network),
          models.embedded(),
          known,
          metrics,
          provenance);
    }
  }

  /** The dev part, encoded once. */
  private static final class DevSentences {
    private final List<TaggedSentence> sentences;
    private final TagEncoder encoder;
    private final List<EncodedSentence> encoded;

    DevSentences(
        List<TaggedSentence> sentences, TagEncoder encoder, List<EncodedSentence> encoded) {
      this.sentences = sentences;
      this.encoder = encoder;
      this.encoded = encoded;
    }

    DevScore score(TrainedNetwork network) {
      Tagger.Scored scored = network.with(forward -> new Tagger(forward, encoder).score(encoded));
      SpanScores scores = NerModel.compare(sentences, scored.entities());
      Map<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("f1", scores.total().f1());
      metrics.put("precision", scores.total().precision());
      metrics.put("recall", scores.total().recall());
      metrics.put("accuracy", scores.accuracy());
      metrics.put("logLoss", scored.loss());
      return new DevScore("f1", scores.total().f1(), true, scored.loss(), metrics);
    }
  }
}
