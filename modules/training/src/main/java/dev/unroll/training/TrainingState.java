package dev.unroll.training;

import dev.unroll.data.History;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a training stands, besides the parameters and the optimizer: with these, all that comes is
 * determined, because batches and dropout follow from the seed and these counters.
 */
final class TrainingState {
  private static final double SMOOTHING = 0.98;

  /** The epoch under way, from 1. */
  int epoch = 1;

  /** Batches of it that are done. */
  int batch;

  /** Steps done since the training began. */
  long step;

  /** Exponentially smoothed loss, NaN before the first step. */
  double smoothedLoss = Double.NaN;

  /** Sum over the examples of this epoch of their loss, and their number. */
  double epochLoss;

  long epochExamples;

  /** Time that earlier runs of this training took. */
  Duration earlier = Duration.ZERO;

  /** What was measured on dev at the best epoch. */
  Map<String, Double> metrics = Map.of();

  final History history = new History();
  final EarlyStopping stopping;

  TrainingState(int patience) {
    stopping = new EarlyStopping(patience);
  }

  /** A step found this loss. */
  void smooth(double loss) {
    smoothedLoss =
        Double.isNaN(smoothedLoss) ? loss : SMOOTHING * smoothedLoss + (1 - SMOOTHING) * loss;
  }

  void nextEpoch() {
    epoch++;
    batch = 0;
    epochLoss = 0;
    epochExamples = 0;
  }

  void write(DataOutput out, Duration elapsed) throws IOException {
    out.writeInt(epoch);
    out.writeInt(batch);
    out.writeLong(step);
    out.writeDouble(smoothedLoss);
    out.writeDouble(Double.NaN); // a place that the first loss had
    out.writeDouble(epochLoss);
    out.writeLong(epochExamples);
    out.writeLong(elapsed.toMillis());
    history.write(out);
    stopping.write(out);
    out.writeInt(metrics.size());
    for (var metric : metrics.entrySet()) {
      out.writeUTF(metric.getKey());
      out.writeDouble(metric.getValue());
    }
  }

  void read(DataInput in) throws IOException {
    epoch = in.readInt();
    batch = in.readInt();
    step = in.readLong();
    smoothedLoss = in.readDouble();
    in.readDouble();
    epochLoss = in.readDouble();
    epochExamples = in.readLong();
    earlier = Duration.ofMillis(in.readLong());
    history.read(in);
    stopping.read(in);
    metrics = new LinkedHashMap<>();
    try {
      for (int left = in.readInt(); left > 0; left--) {
        metrics.put(in.readUTF(), in.readDouble());
      }
    } catch (EOFException e) {
      throw new IOException("it lacks the scores of its best epoch, as of an earlier version", e);
    }
  }
}
