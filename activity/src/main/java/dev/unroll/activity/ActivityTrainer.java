package dev.unroll.activity;

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

/** Trains an {@link ActivityModel}. */
public final class ActivityTrainer extends Trainer<ActivityTrainer> {
  private final ActivityConfig config;

  /** A trainer that keeps no checkpoint and is silent. */
  public ActivityTrainer(ActivityConfig config) {
    super(config.training(), config.toProperties());
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static ActivityModel train(
      ActivityConfig config, ActivityEncoder encoder, Split<Recording> split) {
    return new ActivityTrainer(config).train(encoder, split).model();
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws UserError if the data cannot be learnt from, or the training diverged
   */
  public Trained<ActivityModel> train(ActivityEncoder encoder, Split<Recording> split) {
    return train(new ActivityRecipe(encoder, split));
  }

  private final class ActivityRecipe implements Recipe<ActivityModel> {
    private final ActivityEncoder encoder;
    private final Split<Recording> split;
    private List<Motion> train;

    ActivityRecipe(ActivityEncoder encoder, Split<Recording> split) {
      this.encoder = encoder;
      this.split = split;
    }

    @Override
    public Split<Recording> split() {
      return split;
    }

    @Override
    public ComputationGraphConfiguration configuration() {
      return ActivityNetwork.configuration(config, encoder.features(), encoder.labels().size());
    }

    @Override
    public EpochBatches batches() {
      train = encoder.prepareAll(split.train().examples());
      return new Batches<>(train, encoder, config.training(), encoder.variation());
    }

    @Override
    public Optional<Function<ComputationGraph, DevScore>> scorer() {
      return split
          .dev()
          .map(this::labelled)
          .map(
              dev ->
                  TrainedNetwork.whileTraining()
                      .andThen(network -> score(ActivityModel.evaluate(network, encoder, dev))));
    }

    private List<Motion> labelled(Corpus<Recording> dev) {
      for (Recording recording : dev.examples()) {
        if (recording.label() == null) {
          throw UserError.data(
              dev.source(), "recording " + recording.id() + " has no label; leave it out");
        }
      }
      return encoder.prepareAll(dev.examples());
    }

    @Override
    public long steps() {
      return config.training().tokens();
    }

    @Override
    public Optional<String> advice() {
      return LongRecordings.advice(
          config.stack(), train.stream().mapToInt(encoder::length).toArray());
    }

    @Override
    public ActivityModel model(
        ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
      return new ActivityModel(config, encoder, TrainedNetwork.of(network), metrics, provenance);
    }
  }

  private static DevScore score(Confusion scores) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", scores.accuracy());
    metrics.put("macroF1", scores.macroF1());
    metrics.put("logLoss", scores.logLoss());
    return new DevScore("accuracy", scores.accuracy(), true, scores.logLoss(), metrics);
  }
}
