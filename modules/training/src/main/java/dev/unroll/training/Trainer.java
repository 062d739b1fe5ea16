package dev.unroll.training;

import dev.unroll.text.Split;
import dev.unroll.text.UserError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What the trainers of all tasks have in common: who is told how it goes and may stop it, and where
 * the model and its checkpoint are kept.
 *
 * @param <T> the trainer itself, which its setters return
 */
public abstract class Trainer<T extends Trainer<T>> {
  private TrainingListener listener = new TrainingListener() {};
  private BooleanSupplier stopRequested = () -> false;
  private Optional<Path> target = Optional.empty();
  private boolean resume;

  /** {@code this}. */
  protected abstract T self();

  /** Tells {@code listener} how it goes. */
  public final T listener(TrainingListener listener) {
    this.listener = listener;
    return self();
  }

  /** Ends the training, after a checkpoint, once {@code stopRequested} is true. */
  public final T stopWhen(BooleanSupplier stopRequested) {
    this.stopRequested = stopRequested;
    return self();
  }

  /**
   * Checks beforehand that the model can be written to {@code target}, and keeps a checkpoint
   * beside it.
   *
   * @param resume whether to go on from the checkpoint of an earlier run
   */
  public final T target(Path target, boolean resume) {
    this.target = Optional.of(target);
    this.resume = resume;
    return self();
  }

  /**
   * Where the model of {@code split} will have come from.
   *
   * @param trainExamples as the task counts them; they need not be the records of the corpus
   * @param devExamples likewise; 0 without a dev part
   */
  protected static Provenance provenance(
      Split<?> split, int trainExamples, int devExamples, long seed) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("train", split.train().digest());
    split.dev().ifPresent(dev -> data.put("dev", dev.digest()));
    Map<String, Integer> examples = new LinkedHashMap<>();
    examples.put("train", trainExamples);
    examples.put("dev", devExamples);
    return new Provenance(Version.current(), Version.deeplearning4j(), seed, data, examples);
  }

  /**
   * Begins a training, before anything large is allocated: looks for the checkpoint, checks that
   * there is room for the model, and tells the listener what is planned.
   *
   * @param settings the task's own; a checkpoint made with others is refused
   * @throws UserError if the learning rate waits for dev scores, and there is no dev part
   */
  protected final Run begin(
      TrainingConfig config,
      Map<String, String> settings,
      Provenance provenance,
      TrainingListener.Plan plan) {
    if (config.schedule() == TrainingConfig.Schedule.PLATEAU && plan.devExamples() == 0) {
      throw UserError.usage(
          "schedule = plateau halves the learning rate by the score on dev, and there is no dev part;"
              + " give --dev or another schedule");
    }
    Map<String, String> fingerprint = new LinkedHashMap<>(settings);
    provenance.data().forEach((part, digest) -> fingerprint.put(part + ".sha256", digest));
    Optional<Checkpoint> checkpoint =
        target.map(
            path -> {
              // It holds parameters, the best parameters, their average and Adam's two moments.
              ModelFileWriter.check(path, MemoryEstimate.FLOAT_BYTES * plan.parameters() * 5);
              return new Checkpoint(path, fingerprint, resume);
            });
    listener.planned(plan);
    return new Run(config, checkpoint);
  }

  /** A training that has begun. */
  protected final class Run {
    private final TrainingConfig config;
    private final Optional<Checkpoint> checkpoint;

    private Run(TrainingConfig config, Optional<Checkpoint> checkpoint) {
      this.config = config;
      this.checkpoint = checkpoint;
    }

    /**
     * Trains {@code network} to the end; it then has the parameters of the best epoch.
     *
     * @param scorer the score of the network on dev; empty if there is no dev part
     */
    public Training.Outcome train(
        ComputationGraph network,
        EpochBatches batches,
        Optional<Function<ComputationGraph, DevScore>> scorer) {
      var training =
          new Training(network, config, batches, scorer).listener(listener).stopWhen(stopRequested);
      checkpoint.ifPresent(training::checkpoint);
      return training.run();
    }

    /** Writes the model, and then removes the checkpoint. */
    public void finish(Consumer<Path> save) {
      target.ifPresent(save);
      checkpoint.ifPresent(Checkpoint::delete);
    }
  }
}
