package dev.unroll.music;

import dev.unroll.data.DevScore;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.generation.KneserNey;
import dev.unroll.generation.Symbols;
import dev.unroll.generation.language.LanguageNetwork;
import dev.unroll.training.EpochBatches;
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

/** Trains a {@link MusicModel}. */
public final class MusicTrainer extends Trainer<MusicTrainer> {
  private final MusicConfig config;

  /** A trainer that keeps no checkpoint and is silent. */
  public MusicTrainer(MusicConfig config) {
    super(config.training(), config.toProperties());
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static MusicModel train(MusicConfig config, MusicEncoder encoder, Split<Piece> split) {
    return new MusicTrainer(config).train(encoder, split).model();
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws dev.unroll.data.UserError if the training diverged
   */
  public Trained<MusicModel> train(MusicEncoder encoder, Split<Piece> split) {
    return train(new MusicRecipe(encoder, split));
  }

  /** What the network of a configuration will be, with nothing allocated yet. */
  static ComputationGraphConfiguration configuration(MusicConfig config, int symbols) {
    return new LanguageNetwork(
            config.network(),
            config.dimensions(),
            config.tied(),
            config.embeddingDropout(),
            config.window(),
            config.training().seed())
        .configuration(symbols);
  }

  private final class MusicRecipe implements Recipe<MusicModel> {
    private final MusicEncoder encoder;
    private final Split<Piece> split;
    private final MusicConfig chosen;

    MusicRecipe(MusicEncoder encoder, Split<Piece> split) {
      this.encoder = encoder;
      this.split = split;
      this.chosen = MusicEncoder.chosen(split.train(), config);
    }

    @Override
    public Split<Piece> split() {
      return split;
    }

    @Override
    public ComputationGraphConfiguration configuration() {
      return MusicTrainer.configuration(chosen, encoder.symbols());
    }

    @Override
    public EpochBatches batches() {
      return new PieceStreams(split.train().examples(), encoder, chosen);
    }

    @Override
    public Optional<Function<ComputationGraph, DevScore>> scorer() {
      Function<ComputationGraph, TrainedNetwork> trained = TrainedNetwork.whileTraining();
      return split
          .dev()
          .map(dev -> new PieceScorer(encoder, dev.examples()))
          .map(pieces -> network -> devScore(score(pieces, trained.apply(network))));
    }

    @Override
    public long steps() {
      return (long) config.training().batch() * config.window();
    }

    @Override
    public MusicModel model(
        ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
      List<Piece> train = split.train().examples();
      return new MusicModel(
          chosen,
          encoder,
          TrainedNetwork.of(network),
          baseline(train),
          Repertoire.of(train),
          metrics,
          provenance);
    }

    private Optional<KneserNey> baseline(List<Piece> train) {
      if (chosen.baselineOrder() == 0) {
        return Optional.empty();
      }
      Symbols symbols = PieceStreams.joined(train, encoder.codec());
      return Optional.of(KneserNey.fit(symbols, chosen.baselineOrder(), encoder.symbols()));
    }
  }

  private static MusicScores score(PieceScorer pieces, TrainedNetwork network) {
    return network.with(lent -> pieces.score(lent, Optional.empty()));
  }

  private static DevScore devScore(MusicScores scores) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("natsPerStep", scores.natsPerStep());
    metrics.put("natsPerNote", scores.natsPerNote());
    if (scores.characters() > 0) {
      metrics.put("bitsPerCharacter", scores.bitsPerCharacter());
      double bits = scores.bitsPerCharacter();
      return new DevScore("bits/character", bits, false, bits * Math.log(2), metrics);
    }
    double nats = scores.natsPerStep();
    return new DevScore("nats/step", nats, false, nats, metrics);
  }
}
