package dev.unroll.training;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.AtomicFile;
import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Outcome;
import dev.unroll.data.Provenance;
import dev.unroll.data.Sha256;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.UserError;
import dev.unroll.data.Version;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
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
  private static final int DIGESTED_AT_ONCE = 1 << 16;

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
   * there is room for it and for the model, and tells the listener what is planned.
   *
   * @param settings the task's own; a checkpoint made with others, or with other examples, is
   *     refused
   * @throws UserError if the learning rate waits for dev scores, and there is no dev part
   */
  protected final Run begin(
      TrainingConfig config,
      Map<String, String> settings,
      Split<?> split,
      TrainingListener.Plan plan) {
    if (config.schedule() == TrainingConfig.Schedule.PLATEAU && plan.devExamples() == 0) {
      throw UserError.usage(
          "schedule = plateau halves the learning rate by the score on dev, and there is no dev part;"
              + " give %s or another schedule".formatted(setting("dev")));
    }
    Optional<Checkpoint> checkpoint =
        target.map(
            path -> {
              Map<String, String> fingerprint = new LinkedHashMap<>(settings);
              fingerprint.put("train.sha256", digest(split.train()));
              split.dev().ifPresent(dev -> fingerprint.put("dev.sha256", digest(dev)));
              checkRoom(path, plan.parameters(), config);
              return new Checkpoint(path, fingerprint, resume);
            });
    listener.planned(plan);
    return new Run(config, checkpoint);
  }

  /**
   * One checkpoint stays while the next is written beside it, and the last one while the model is,
   * which is smaller. A link may lead the model to another disk.
   */
  private static void checkRoom(Path model, long parameters, TrainingConfig config) {
    long bytes = MemoryEstimate.FLOAT_BYTES * parameters;
    ModelFileWriter.check(model, bytes);
    // The parameters now and at the best epoch, Adam's two moments, and perhaps the average.
    long checkpoint = bytes * (config.averaging() > 0 ? 5 : 4);
    Path file = ModelFile.checkpoint(model);
    AtomicFile.checkRoom(file, 2 * checkpoint - file.toFile().length());
  }

  /** What was read, and not the bytes of the file: options decide too what these say. */
  private static String digest(Corpus<?> corpus) {
    MessageDigest digest = Sha256.create();
    ByteBuffer bytes = ByteBuffer.allocate(DIGESTED_AT_ONCE * Character.BYTES);
    for (Object example : corpus.examples()) {
      String text = example.toString();
      for (int from = 0; from < text.length(); from += DIGESTED_AT_ONCE) {
        int to = Math.min(text.length(), from + DIGESTED_AT_ONCE);
        bytes.clear().asCharBuffer().put(text, from, to);
        digest.update(bytes.limit((to - from) * Character.BYTES));
      }
      digest.update((byte) '\n');
    }
    return Sha256.hex(digest);
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
    public Outcome train(
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
