package dev.unroll.training;

import dev.unroll.data.CheckpointFile;
import dev.unroll.data.CheckpointLock;
import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.layers.forward.ParameterTable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The file beside a model from which a stopped training goes on, to the same bytes. It holds the
 * parameters now and at the best epoch, the optimizer's moments, the state that recurrent layers
 * carry from batch to batch, the counters, and a fingerprint of the settings and the data: a run
 * with others is refused, as its result would be neither the one nor the other.
 */
public final class Checkpoint {
  /** What may differ between the run that stopped and the one that goes on. */
  private static final Set<String> FREE =
      Set.of("epochs", "patience", "threads", "checkpoint-seconds");

  private final CheckpointFile file;
  private final Map<String, String> fingerprint;

  /**
   * The checkpoint of the training that makes {@code model}.
   *
   * @param fingerprint settings and digests of the data, by name
   * @param resume whether to go on from it if it exists
   * @throws dev.unroll.data.UserError if another training keeps it; if there is only the finished
   *     model to go on from; if it is not to be gone on from and holds more than a minute's work
   */
  public Checkpoint(Path model, Map<String, String> fingerprint, boolean resume) {
    this.file = new CheckpointFile(model, resume, Checkpoint::work);
    this.fingerprint = Map.copyOf(fingerprint);
  }

  private static CheckpointFile.Work work(ModelFile file) throws IOException {
    TrainingState state = new TrainingState(0);
    try (DataInputStream in = new DataInputStream(file.open("state.bin"))) {
      state.read(in);
    }
    return new CheckpointFile.Work(state.epoch, state.earlier);
  }

  Path path() {
    return file.path();
  }

  /** Keeps all others from this checkpoint, until it is closed. */
  CheckpointLock lock() {
    return file.lock();
  }

  /** Removes the checkpoint, once the model it was for is written. */
  public void delete() {
    file.delete();
  }

  void write(
      ComputationGraph network,
      Optimizer optimizer,
      float[] best,
      Optional<ParameterAverage> average,
      TrainingState state,
      DivergenceCheck divergence,
      Duration elapsed) {
    file.write(
        fingerprint,
        to -> {
          to.binary("parameters.bin", out -> Parameters.write(ParameterTable.of(network), out));
          to.binary(
              "optimizer.bin",
              out -> {
                DataOutputStream data = new DataOutputStream(out);
                optimizer.write(data);
                data.flush();
              });
          to.binary("best.bin", out -> Parameters.writeFloats(FloatBuffer.wrap(best), out));
          average.ifPresent(a -> writeAverage(to, a));
          to.binary("carried.bin", out -> CarriedState.write(network, new DataOutputStream(out)));
          to.binary("state.bin", out -> state.write(new DataOutputStream(out), elapsed));
          to.binary("divergence.bin", out -> divergence.write(new DataOutputStream(out)));
        });
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
    return file.read(
        fingerprint,
        FREE,
        from -> {
          try (InputStream in = from.open("parameters.bin")) {
            Parameters.read(ParameterTable.of(network), in, path());
          }
          try (DataInputStream in = new DataInputStream(from.open("optimizer.bin"))) {
            optimizer.read(in);
          }
          try (InputStream in = from.open("best.bin")) {
            Parameters.readFloats(FloatBuffer.wrap(best), in);
          }
          if (average.isPresent()) {
            readAverage(from, average.get());
          }
          try (DataInputStream in = new DataInputStream(from.open("carried.bin"))) {
            CarriedState.read(network, in);
          }
          try (DataInputStream in = new DataInputStream(from.open("state.bin"))) {
            state.read(in);
          }
          if (from.has("divergence.bin")) {
            try (DataInputStream in = new DataInputStream(from.open("divergence.bin"))) {
              divergence.read(in);
            }
          }
        });
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
}
