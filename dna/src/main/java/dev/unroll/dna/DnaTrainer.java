package dev.unroll.dna;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import dev.unroll.training.Batches;
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

/** Trains a {@link DnaModel}. */
public final class DnaTrainer extends Trainer<DnaTrainer> {
  private final DnaConfig config;

  /**
   * A trainer that keeps no checkpoint and is silent.
   *
   * @throws UserError if a place in strands is to be looked at that lies elsewhere once they are
   *     turned round
   */
  public DnaTrainer(DnaConfig config) {
    super(config.training(), config.toProperties());
    // Not a rule of the configuration: models that were trained so are still read.
    if (config.anchor() != 0.5 && config.strands() != DnaConfig.Strands.GIVEN) {
      throw UserError.usage(
          "%s must be 0.5, the middle, where strands are also read from the other end; got %s; add %s given"
              .formatted(setting("anchor"), config.anchor(), setting("strands")));
    }
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static DnaModel train(DnaConfig config, StrandEncoder encoder, Split<Strand> split) {
    return new DnaTrainer(config).train(encoder, split).model();
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws UserError if the data cannot be learnt from, or the training diverged
   */
  public Trained<DnaModel> train(StrandEncoder encoder, Split<Strand> split) {
    return train(new DnaRecipe(encoder, split));
  }

  private final class DnaRecipe implements Recipe<DnaModel> {
    private final StrandEncoder encoder;
    private final Split<Strand> split;

    DnaRecipe(StrandEncoder encoder, Split<Strand> split) {
      this.encoder = encoder;
      this.split = split;
    }

    @Override
    public Split<Strand> split() {
      return split;
    }

    @Override
    public ComputationGraphConfiguration configuration() {
      return DnaNetwork.configuration(encoder);
    }

    @Override
    public EpochBatches batches() {
      return new Batches<>(
          encoder.windows(split.train()), encoder, config.training(), encoder.variation());
    }

    @Override
    public Optional<Function<ComputationGraph, DevScore>> scorer() {
      return split.dev().map(encoder.isOfRegions() ? this::ofRegions : this::ofLabels);
    }

    private Function<ComputationGraph, DevScore> ofRegions(Corpus<Strand> dev) {
      Annotator annotator = new Annotator(encoder, config.window());
      return TrainedNetwork.whileTraining()
          .andThen(
              network -> score(RegionEvaluation.of(annotator, encoder, network, dev.examples())));
    }

    private Function<ComputationGraph, DevScore> ofLabels(Corpus<Strand> dev) {
      for (Strand strand : dev.examples()) {
        if (strand.label() == null) {
          throw UserError.data(
              dev.source(), "strand " + strand.id() + " has no label; leave it out");
        }
      }
      List<StrandWindow> windows = encoder.prepareAll(dev.examples());
      Classifier classifier = new Classifier(encoder);
      return TrainedNetwork.whileTraining()
          .andThen(network -> network.with(forward -> classifier.evaluate(forward, windows)))
          .andThen(DnaTrainer::score);
    }

    @Override
    public long steps() {
      return config.training().tokens();
    }

    @Override
    public DnaModel model(
        ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
      return new DnaModel(encoder, TrainedNetwork.of(network), metrics, provenance);
    }
  }

  private static DevScore score(Confusion scores) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", scores.accuracy());
    metrics.put("macroF1", scores.macroF1());
    metrics.put("logLoss", scores.logLoss());
    if (scores.isBinary()) {
      metrics.put("mcc", scores.mcc());
    }
    return new DevScore("accuracy", scores.accuracy(), true, scores.logLoss(), metrics);
  }

  private static DevScore score(RegionScores scores) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("f1", scores.total().f1());
    metrics.put("precision", scores.total().precision());
    metrics.put("recall", scores.total().recall());
    metrics.put("accuracy", 100 * scores.bases().accuracy());
    metrics.put("logLoss", scores.bases().logLoss());
    if (scores.bases().isBinary()) {
      metrics.put("mcc", scores.bases().mcc());
    }
    return new DevScore("f1", scores.total().f1(), true, scores.bases().logLoss(), metrics);
  }
}
