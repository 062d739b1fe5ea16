package dev.unroll.training;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.AtomicFile;
import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Outcome;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.data.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What the trainers of all tasks have in common: all but the {@link Recipe}.
 *
 * <pre>
 *   can the model be written, is there a checkpoint   before anything that takes long
 *   encode the examples, once                         Recipe
 *   say what is planned                               TrainingListener
 *   allocate the network, from the seed
 *   train, watching dev                               Training
 *   write the model, remove the checkpoint
 * </pre>
 *
 * @param <T> the trainer itself, which its setters return
 */
public abstract class Trainer<T extends Trainer<T>> {
  private final TrainingConfig config;
  private final Map<String, String> settings;
  private TrainingListener listener = new TrainingListener() {};
  private BooleanSupplier stopRequested = () -> false;
  private Optional<Path> target = Optional.empty();
  private boolean resume;
  private long besides;

  /**
   * A trainer that keeps no checkpoint and is silent.
   *
   * @param settings all that the training depends on, by name; a checkpoint made with others, or
   *     with other examples, is refused
   */
  protected Trainer(TrainingConfig config, Map<String, String> settings) {
    this.config = config;
    this.settings = new LinkedHashMap<>(settings);
  }

  @SuppressWarnings("unchecked") // T is the class of this by its definition
  final T self() {
    return (T) this;
  }

  /**
   * Says that the training depends on something besides its settings and its examples, such as a
   * file of vectors.
   *
   * @param name by which a checkpoint made with something else is refused; of a file, {@code
   *     vectors.sha256}
   */
  protected final T dependsOn(String name, String value) {
    settings.put(name, value);
    return self();
  }

  /** Says that the model's file will hold so many bytes besides the network's parameters. */
  protected final T alsoWrites(long bytes) {
    besides = bytes;
    return self();
  }

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
   * Ends a training that has not taken its first step, if that was asked for: for recipes whose
   * {@link Recipe#batches} takes minutes. What an earlier run kept stays.
   *
   * @throws TrainingStopped if it was
   */
  protected final void stopIfRequested() {
    if (stopRequested.getAsBoolean()) {
      throw new TrainingStopped(
          target
              .map(ModelFile::checkpoint)
              .filter(path -> resume && Files.exists(path))
              .orElse(null));
    }
  }

  /**
   * Trains to the end, and writes the model if it has a target.
   *
   * @throws UserError if the learning rate waits for dev scores and there is no dev part, if the
   *     model cannot be written, if the training diverged, and where the recipe says so
   */
  protected final <M extends TrainedModel> Trained<M> train(Recipe<M> recipe) {
    if (config.schedule() == TrainingConfig.Schedule.PLATEAU && recipe.split().dev().isEmpty()) {
      throw UserError.usage(
          "schedule = plateau halves the learning rate by the score on dev, and there is no dev part;"
              + " give %s or another schedule".formatted(setting("dev")));
    }
    ComputationGraphConfiguration configuration = recipe.configuration();
    long parameters = MemoryEstimate.parameters(configuration);
    Optional<Checkpoint> checkpoint =
        target.map(path -> checkpoint(path, recipe.split(), parameters));
    EpochBatches batches = recipe.batches();
    var scorer = recipe.scorer();
    listener.planned(
        new TrainingListener.Plan(
            parameters,
            MemoryEstimate.training(configuration, recipe.steps()),
            batches.examples(),
            recipe.devExamples(),
            config.epochs(),
            recipe.advice()));
    ComputationGraph network = Networks.of(configuration);
    recipe.initialise(network);
    Supervision supervision = new Supervision(listener, stopRequested, checkpoint);
    Outcome outcome =
        new Training(network, config, batches, scorer, supervision)
            .revision(recipe.revision())
            .rates(recipe.rates())
            .steps(recipe::step)
            .run();
    Map<String, Double> metrics = new LinkedHashMap<>(outcome.metrics());
    M model = recipe.model(network, metrics, provenance(recipe));
    target.ifPresent(model::save);
    checkpoint.ifPresent(Checkpoint::delete);
    return new Trained<>(model, outcome);
  }

  private Checkpoint checkpoint(Path model, Split<?> split, long parameters) {
    Map<String, String> fingerprint = new LinkedHashMap<>(settings);
    fingerprint.put("precision", Networks.precision().toString());
    fingerprint.put("train.sha256", ExampleDigest.of(split.train().examples()));
    split.dev().ifPresent(dev -> fingerprint.put("dev.sha256", ExampleDigest.of(dev.examples())));
    checkRoom(model, parameters);
    return new Checkpoint(model, fingerprint, resume);
  }

  /**
   * One checkpoint stays while the next is written beside it, and the last one while the model is,
   * which is smaller. A link may lead the model to another disk.
   */
  private void checkRoom(Path model, long parameters) {
    long bytes = MemoryEstimate.FLOAT_BYTES * parameters;
    ModelFileWriter.check(model, bytes + besides);
    // The parameters now and at the best epoch, Adam's two moments, and perhaps the average.
    long checkpoint = bytes * (config.averaging() > 0 ? 5 : 4);
    Path file = ModelFile.checkpoint(model);
    AtomicFile.checkRoom(file, 2 * checkpoint - file.toFile().length());
  }

  private Provenance provenance(Recipe<?> recipe) {
    Split<?> split = recipe.split();
    Map<String, String> data = new LinkedHashMap<>();
    data.put("train", split.train().digest());
    split.dev().ifPresent(dev -> data.put("dev", dev.digest()));
    Map<String, Long> examples = new LinkedHashMap<>();
    examples.put("train", recipe.trainExamples());
    examples.put("dev", recipe.devExamples());
    return new Provenance(
        Version.current(), Version.deeplearning4j(), config.seed(), data, examples);
  }
}
