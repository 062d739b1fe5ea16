package dev.unroll.training;

import dev.unroll.data.CheckpointLock;
import dev.unroll.data.DevScore;
import dev.unroll.data.History;
import dev.unroll.data.Outcome;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.layers.memory.Parallel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The training loop of all tasks: epochs of steps, a look at dev after each, and the parameters of
 * the best epoch in the end; without a dev part, those of the last epoch.
 *
 * <pre>
 * for each epoch
 *   for each batch
 *     changed by what was learnt, maybe BatchRevision
 *     gradient of the mean loss         TrainingStep: GradientStep
 *     clip, decay, Adam                               Optimizer
 *     finite, and no great growth?      DivergenceCheck
 *     now and then: all of it to disk   Checkpoint
 *   score on dev; the best so far?      EarlyStopping
 * </pre>
 */
public final class Training {
  private final ComputationGraph network;
  private final TrainingConfig config;
  private final EpochBatches batches;
  private final Optional<Function<ComputationGraph, DevScore>> scorer;
  private final TrainingListener listener;
  private final BooleanSupplier stopRequested;
  private final Optional<Checkpoint> checkpoint;
  private BatchRevision revision = BatchRevision.NONE;
  private LayerRates rates = LayerRates.EQUAL;
  private BiFunction<ComputationGraph, Optimizer, TrainingStep> kind = TrainingStep::of;

  private final Optimizer optimizer;
  private final TrainingState state;
  private final float[] best;
  private final Optional<ParameterAverage> average;
  private DivergenceCheck divergence;
  private TrainingStep steps;
  private long began;
  private long lastCheckpoint;
  private long examplesThisRun;

  /**
   * A training that has not begun.
   *
   * @param network initialised; if it is configured for truncated back-propagation through time,
   *     each batch goes on from the state in which the one before it in the epoch ended
   * @param scorer the score of the network on dev; empty if there is no dev part
   * @param supervision who listens, who may stop it, what is kept
   */
  public Training(
      ComputationGraph network,
      TrainingConfig config,
      EpochBatches batches,
      Optional<Function<ComputationGraph, DevScore>> scorer,
      Supervision supervision) {
    this.network = network;
    this.config = config;
    this.batches = batches;
    this.scorer = scorer;
    this.listener = supervision.listener();
    this.stopRequested = supervision.stopRequested();
    this.checkpoint = supervision.checkpoint();
    this.optimizer =
        new Optimizer(
            network,
            OptimizerConfig.adam().withWeightDecay(config.weightDecay()).withClip(config.clip()));
    this.state = new TrainingState(config.patience());
    this.best = Parameters.copy(network);
    this.average =
        config.averaging() == 0
            ? Optional.empty()
            : Optional.of(new ParameterAverage(network, config.averaging()));
  }

  /** Revises each batch before a step learns from it. */
  public Training revision(BatchRevision batchRevision) {
    this.revision = batchRevision;
    return this;
  }

  /** Lets layers learn faster or slower than others. */
  public Training rates(LayerRates layerRates) {
    this.rates = layerRates;
    return this;
  }

  /** Takes steps of a kind of its own; with a revision they are those of {@link HostStep}. */
  public Training steps(BiFunction<ComputationGraph, Optimizer, TrainingStep> stepKind) {
    this.kind = stepKind;
    return this;
  }

  /**
   * Trains to the end.
   *
   * @throws TrainingStopped if asked to stop, after a checkpoint
   * @throws dev.unroll.data.UserError if the training diverged, or if another training keeps the
   *     same checkpoint
   */
  public Outcome run() {
    if (checkpoint.isEmpty()) {
      return train();
    }
    CheckpointLock lock = checkpoint.get().lock();
    try {
      return train();
    } finally {
      lock.close();
    }
  }

  private Outcome train() {
    began = System.nanoTime();
    if (config.threads() > 0) {
      Parallel.threads(config.threads());
    }
    divergence = new DivergenceCheck(UntrainedLoss.perLabel(network, batches));
    if (checkpoint.isPresent()
        && checkpoint.get().read(network, optimizer, best, average, state, divergence)) {
      listener.resumed(state.epoch, state.batch);
    } else {
      save();
    }
    // Dropout is a function of the seed and this counter, so that a resumed run drops the same.
    network.getConfiguration().setIterationCount((int) state.step);
    lastCheckpoint = System.nanoTime();
    // A revision asks the network after every step, which would then be on its way all the time.
    boolean anywhere = revision == BatchRevision.NONE;
    try (TrainingStep taken =
        anywhere ? kind.apply(network, optimizer) : new HostStep(network, optimizer)) {
      steps = taken;
      return epochs();
    }
  }

  private Outcome epochs() {
    String reason =
        state.epoch > config.epochs() + 1
            ? "the checkpoint is past epoch " + config.epochs() + " already"
            : "all " + config.epochs() + " epochs done";
    while (state.epoch <= config.epochs()) {
      if (state.stopping.exhausted()) {
        reason = "no gain for " + config.patience() + " epochs";
        break;
      }
      epoch();
      state.nextEpoch();
      save();
    }
    Parameters.restore(network, best);
    return outcome(reason);
  }

  private Outcome outcome(String reason) {
    int bestEpoch = state.stopping.bestEpoch();
    int epochs = state.history.rows().size();
    double score = state.history.rows().get(bestEpoch - 1).devScore();
    listener.ended(new TrainingListener.Summary(epochs, bestEpoch, score, elapsed(), reason));
    return new Outcome(epochs, bestEpoch, state.history, state.metrics, elapsed());
  }

  private void epoch() {
    batches.startEpoch(state.epoch);
    batches.skip(state.batch);
    if (state.batch == 0) {
      steps.forget();
    }
    while (batches.hasNext()) {
      int examples = batches.nextSize();
      step(revised(batches.next()), examples);
      if (stopRequested.getAsBoolean()) {
        save();
        throw new TrainingStopped(checkpoint.map(Checkpoint::path).orElse(null));
      }
      if (System.nanoTime() - lastCheckpoint > config.checkpointSeconds() * 1_000_000_000L) {
        save();
      }
    }
    score();
  }

  private MultiDataSet revised(MultiDataSet batch) {
    return GradientStep.singleThreaded(
        network, () -> revision.revise(batch, network, state.step, progress()));
  }

  private void step(MultiDataSet batch, int examples) {
    double rows = batch.getFeatures(0).size(0);
    TrainingStep.Result found =
        steps.step(batch, learningRate(), examples, layer -> rates.factor(layer, state.epoch));
    double total = found.loss() * rows;
    state.step++;
    divergence.step(total, DivergenceCheck.labels(batch), found.norm()).ifPresent(this::diverged);
    double loss = total / examples;
    state.smooth(loss);
    average.filter(a -> a.takes(state.step)).ifPresent(this::sample);
    state.batch++;
    state.epochLoss += loss * examples;
    state.epochExamples += examples;
    examplesThisRun += examples;
    double rate = examplesThisRun / ((System.nanoTime() - began) / 1e9);
    long left = Math.round((batches.examples() - state.epochExamples) / rate);
    listener.stepped(
        new TrainingListener.Step(
            state.epoch,
            state.batch,
            batches.count(),
            state.epochExamples,
            rate,
            state.smoothedLoss,
            Duration.ofSeconds(left)));
  }

  private void sample(ParameterAverage taken) {
    steps.updateNetwork();
    taken.sample(network);
  }

  private void diverged(String wrong) {
    int epochs = state.history.rows().size();
    Optional<Path> kept = checkpoint.map(Checkpoint::path);
    if (epochs == 0) {
      checkpoint.ifPresent(Checkpoint::delete); // not worth keeping, and it would stand in the way
      kept = Optional.empty();
    }
    throw DivergenceCheck.error(config, state.step, wrong, epochs, kept);
  }

  private void score() {
    steps.updateNetwork();
    float[] trained = Parameters.copy(network);
    DivergenceCheck.parameters(trained).ifPresent(this::diverged);
    float[] scored = average.map(ParameterAverage::values).orElse(trained);
    Parameters.restore(network, scored);
    Optional<DevScore> score = scorer.map(dev -> dev.apply(network));
    Parameters.restore(network, trained);
    boolean better = isBest(score);
    if (better) {
      System.arraycopy(scored, 0, best, 0, best.length);
      state.metrics = score.map(DevScore::metrics).orElse(Map.of());
    }
    double trainLoss = state.epochLoss / state.epochExamples;
    double value = score.map(DevScore::value).orElse(Double.NaN);
    double loss = score.map(DevScore::loss).orElse(Double.NaN);
    state.history.add(new History.Row(state.epoch, trainLoss, value, loss, learningRate()));
    listener.epochEnded(
        new TrainingListener.Epoch(
            state.epoch, trainLoss, score, better, learningRate(), elapsed()));
  }

  private boolean isBest(Optional<DevScore> score) {
    if (score.isEmpty()) {
      state.stopping.unscored(state.epoch);
      return true;
    }
    return state.stopping.best(state.epoch, score.get());
  }

  private double learningRate() {
    return config.learningRateAt(progress(), state.stopping.withoutGain());
  }

  /** What share of all epochs is done. */
  private double progress() {
    double inEpoch = (double) state.batch / batches.count();
    return (state.epoch - 1 + inEpoch) / config.epochs();
  }

  private void save() {
    if (checkpoint.isPresent()) {
      if (steps != null) { // which are there from the first step on
        steps.updateNetwork();
        steps.updateMoments();
      }
      checkpoint.get().write(network, optimizer, best, average, state, divergence, elapsed());
      lastCheckpoint = System.nanoTime();
    }
  }

  private Duration elapsed() {
    return state.earlier.plusNanos(System.nanoTime() - began);
  }
}
