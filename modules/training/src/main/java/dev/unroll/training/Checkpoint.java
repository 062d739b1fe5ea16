package dev.unroll.training;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.UserError;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file beside a model from which a stopped training goes on, to the same bytes. It holds the
 * parameters now and at the best epoch, the optimizer's moments, the state that recurrent layers
 * carry from batch to batch, the counters, and a fingerprint of the settings and the data: a run
 * with others is refused, as its result would be neither the one nor the other.
 */
public final class Checkpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final String TASK = "checkpoint";

  /** Work that may be lost without asking: whoever mistypes an option wants to begin anew. */
  private static final Duration LITTLE = Duration.ofMinutes(1);

  /** What may differ between the run that stopped and the one that goes on. */
  private static final Set<String> FREE =
      Set.of("epochs", "patience", "threads", "checkpoint-seconds");

  private final Path path;
  private final Map<String, String> fingerprint;
  private final boolean resume;

  /**
   * The checkpoint of the training that makes {@code model}.
   *
   * @param fingerprint settings and digests of the data, by name
   * @param resume whether to go on from it if it exists
   * @throws UserError if another training keeps it; if there is only the finished model to go on
   *     from; if it is not to be gone on from and holds more than a minute's work
   */
  public Checkpoint(Path model, Map<String, String> fingerprint, boolean resume) {
    this.path = ModelFile.checkpoint(model);
    lock().close();
    if (!resume) {
      refuseToLoseWork(path);
    }
    begin(model, resume);
    this.fingerprint = new TreeMap<>(fingerprint);
    this.resume = resume;
  }

  /**
   * Where the checkpoint of the training that makes {@code model} lies; warns if there is none to
   * go on from, or one that will be replaced.
   *
   * @throws UserError if there is only the finished model to go on from
   */
  public static Path begin(Path model, boolean resume) {
    Path path = ModelFile.checkpoint(model);
    if (resume && !Files.exists(path)) {
      if (Files.exists(model)) {
        throw UserError.usage(
            "nothing to resume: "
                + model
                + " is finished; train anew without "
                + setting("resume"));
      }
      LOG.warn("no checkpoint {}; starting from scratch", path);
    } else if (!resume && Files.exists(path)) {
      LOG.warn("the checkpoint of an unfinished training is replaced: {}", path);
    }
    return path;
  }

  private static void refuseToLoseWork(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    TrainingState state = new TrainingState(0);
    try (ModelFile file = ModelFile.open(path, TASK);
        DataInputStream in = new DataInputStream(file.open("state.bin"))) {
      state.read(in);
    } catch (IOException | UserError e) {
      throw UserError.data(path, "is there and cannot be read; delete it to begin anew", e);
    }
    if (state.earlier.compareTo(LITTLE) > 0) {
      throw UserError.usage(
          "%s holds %d minutes of a training that did not end (epoch %d); go on with %s, or delete it to begin anew"
              .formatted(path, state.earlier.toMinutes(), state.epoch, setting("resume")));
    }
  }

  Path path() {
    return path;
  }

  /** Keeps all others from this checkpoint, until it is closed. */
  CheckpointLock lock() {
    return CheckpointLock.acquire(path);
  }

  /** Removes the checkpoint, once the model it was for is written. */
  public void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("the checkpoint {} could not be removed: {}", path, e.getMessage());
    }
  }

  void write(
      ComputationGraph network,
      Optimizer optimizer,
      float[] best,
      Optional<ParameterAverage> average,
      TrainingState state,
      DivergenceCheck divergence,
      Duration elapsed) {
    try (ModelFileWriter file = new ModelFileWriter(path, TASK)) {
      file.properties("fingerprint.properties", fingerprint);
      file.binary("parameters.bin", out -> Parameters.write(network, out));
      file.binary(
          "optimizer.bin",
          out -> {
            DataOutputStream data = new DataOutputStream(out);
            optimizer.write(data);
            data.flush();
          });
      file.binary("best.bin", out -> Parameters.writeFloats(FloatBuffer.wrap(best), out));
      average.ifPresent(a -> writeAverage(file, a));
      file.binary("carried.bin", out -> CarriedState.write(network, new DataOutputStream(out)));
      file.binary("state.bin", out -> state.write(new DataOutputStream(out), elapsed));
      file.binary("divergence.bin", out -> divergence.write(new DataOutputStream(out)));
      file.commit();
    }
  }

  /**
   * Puts everything back as it was written, if there is something to go on from.
   *
   * @param best receives the parameters of the best epoch
   * @param average receives the average, if one is kept
   * @param divergence begins anew if the checkpoint is of a version that did not keep it
   * @return whether there was
   */
  boolean read(
      ComputationGraph network,
      Optimizer optimizer,
      float[] best,
      Optional<ParameterAverage> average,
      TrainingState state,
      DivergenceCheck divergence) {
    if (!resume || !Files.exists(path)) {
      return false;
    }
    try (ModelFile file = ModelFile.open(path, TASK)) {
      compare(file.properties("fingerprint.properties"));
      try (InputStream in = file.open("parameters.bin")) {
        Parameters.read(network, in, path);
      }
      try (DataInputStream in = new DataInputStream(file.open("optimizer.bin"))) {
        optimizer.read(in);
      }
      try (InputStream in = file.open("best.bin")) {
        Parameters.readFloats(FloatBuffer.wrap(best), in);
      }
      if (average.isPresent()) {
        readAverage(file, average.get());
      }
      try (DataInputStream in = new DataInputStream(file.open("carried.bin"))) {
        CarriedState.read(network, in);
      }
      try (DataInputStream in = new DataInputStream(file.open("state.bin"))) {
        state.read(in);
      }
      if (file.has("divergence.bin")) {
        try (DataInputStream in = new DataInputStream(file.open("divergence.bin"))) {
          divergence.read(in);
        }
      }
      return true;
    } catch (IOException e) {
      throw UserError.data(path, "damaged: " + e.getMessage() + "; delete it to begin anew", e);
    }
  }

  private static void writeAverage(ModelFileWriter file, ParameterAverage average) {
    file.binary(
        "average.bin",
        out -> {
          DataOutputStream data = new DataOutputStream(out);
          average.write(data);
          data.flush();
          Parameters.writeFloats(FloatBuffer.wrap(average.values()), out);
        });
  }

  private static void readAverage(ModelFile file, ParameterAverage average) throws IOException {
    try (DataInputStream in = new DataInputStream(file.open("average.bin"))) {
      average.read(in);
      Parameters.readFloats(FloatBuffer.wrap(average.values()), in);
    }
  }

  private void compare(Map<String, String> written) {
    Set<String> keys = new java.util.TreeSet<>(fingerprint.keySet());
    keys.addAll(written.keySet());
    keys.removeAll(FREE);
    // Settings first: a digest that differs may follow from one of them, and says less.
    List<String> order = new ArrayList<>(keys);
    order.sort(Comparator.comparing((String key) -> key.endsWith(".sha256")));
    for (String key : order) {
      String now = fingerprint.get(key);
      String then = written.get(key);
      if (now == null || !now.equals(then)) {
        throw UserError.data(
            path,
            "was made with %s = %s, this run has %s; use the same, or train anew without %s"
                .formatted(key, then, now, setting("resume")));
      }
    }
  }
}
