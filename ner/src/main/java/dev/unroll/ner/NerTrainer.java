package dev.unroll.ner;

import dev.unroll.data.DevScore;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.evaluation.SpanScores;
import dev.unroll.text.VectorRows;
import dev.unroll.text.WordVectors;
import dev.unroll.training.Batches;
import dev.unroll.training.Encoder;
import dev.unroll.training.EpochBatches;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.Recipe;
import dev.unroll.training.Trained;
import dev.unroll.training.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains a {@link NerModel}. */
public final class NerTrainer extends Trainer<NerTrainer> {
  private final NerConfig config;
  private Optional<WordVectors> vectors = Optional.empty();

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
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws dev.unroll.data.UserError if the data cannot be learnt from, or the training diverged
   */
  public Trained<NerModel> train(TagEncoder encoder, Split<TaggedSentence> split) {
    return train(new NerRecipe(encoder, split));
  }

  private final class NerRecipe implements Recipe<NerModel> {
    private final TagEncoder encoder;
    private final Split<TaggedSentence> split;

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
      return new Batches<>(
          dropping.prepareAll(pieces(split.train().examples())), dropping, config.training());
    }

    @Override
    public Optional<Function<ComputationGraph, DevScore>> scorer() {
      return split
          .dev()
          .map(part -> new DevSentences(pieces(part.examples()), encoder))
          .map(dev -> dev::score);
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
    }

    @Override
    public NerModel model(
        ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
      KnownEntities known = KnownEntities.of(split.train().examples());
      return new NerModel(config, encoder, network, known, metrics, provenance);
    }
  }

  /** The dev part, encoded once. */
  private static final class DevSentences {
    private final List<TaggedSentence> sentences;
    private final TagEncoder encoder;
    private final List<EncodedSentence> encoded;

    DevSentences(List<TaggedSentence> sentences, TagEncoder encoder) {
      this.sentences = sentences;
      this.encoder = encoder;
      this.encoded = sentences.stream().map(encoder::prepareKnown).toList();
    }

    DevScore score(ComputationGraph network) {
      Tagger.Scored scored = new Tagger(network, encoder).score(encoded);
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
