package dev.unroll.translation;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import dev.unroll.training.BatchRevision;
import dev.unroll.training.Batches;
import dev.unroll.training.EpochBatches;
import dev.unroll.training.Recipe;
import dev.unroll.training.Trained;
import dev.unroll.training.TrainedNetwork;
import dev.unroll.training.Trainer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a {@link TranslationModel}: the decoder reads the right beginning of each translation, and
 * learns what comes next. With {@link ScheduledSampling} it also reads what it would have written.
 */
public final class TranslationTrainer extends Trainer<TranslationTrainer> {
  /** Most pairs of dev whose sources are translated after each epoch. */
  static final int DEV_SENTENCES = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(TranslationTrainer.class);

  private final TranslationConfig config;

  /** A trainer that keeps no checkpoint and is silent. */
  public TranslationTrainer(TranslationConfig config) {
    super(config.training(), config.toProperties());
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static TranslationModel train(
      TranslationConfig config, PairEncoder encoder, Split<SentencePair> split) {
    return new TranslationTrainer(config).train(encoder, split).model();
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one. Training pairs
   * that a {@link PairFilter} refuses are left out.
   *
   * @throws UserError if no pair is left, or the training diverged
   */
  public Trained<TranslationModel> train(PairEncoder encoder, Split<SentencePair> split) {
    return train(new TranslationRecipe(encoder, split));
  }

  private final class TranslationRecipe implements Recipe<TranslationModel> {
    private final PairEncoder encoder;
    private final Split<SentencePair> split;
    private List<EncodedPair> train;

    TranslationRecipe(PairEncoder encoder, Split<SentencePair> split) {
      this.encoder = encoder;
      this.split = split;
    }

    @Override
    public Split<SentencePair> split() {
      return split;
    }

    @Override
    public ComputationGraphConfiguration configuration() {
      return TranslationNetwork.configuration(
          config, encoder.source().size(), encoder.target().size());
    }

    @Override
    public EpochBatches batches() {
      PairFilter.Filtered filtered = new PairFilter(config).filter(split.train());
      filtered.report().ifPresent(line -> LOG.warn("training: {}", line));
      train = encoder.prepareAll(filtered.kept().examples());
      return new Batches<>(train, encoder, config.training());
    }

    @Override
    public BatchRevision revision() {
      return config.scheduledSampling() == 0
          ? BatchRevision.NONE
          : new ScheduledSampling(config, encoder.target());
    }

    @Override
    public Optional<Function<ComputationGraph, DevScore>> scorer() {
      Function<ComputationGraph, TrainedNetwork> trained = TrainedNetwork.whileTraining();
      return split
          .dev()
          .map(this::translated)
          .map(dev -> network -> dev.score(trained.apply(network)));
    }

    private DevTranslations translated(Corpus<SentencePair> dev) {
      if (!dev.examples().stream().allMatch(SentencePair::isTranslated)) {
        throw UserError.data(
            dev.source(), "the dev part has sentences without a translation; leave them out");
      }
      return new DevTranslations(config, encoder, dev, DEV_SENTENCES);
    }

    @Override
    public long steps() {
      return config.training().tokens();
    }

    @Override
    public long trainExamples() {
      return train.size();
    }

    @Override
    public TranslationModel model(
        ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
      return new TranslationModel(config, encoder, TrainedNetwork.of(network), metrics, provenance);
    }
  }
}
