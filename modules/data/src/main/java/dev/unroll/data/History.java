package dev.unroll.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How a training went, epoch by epoch. */
public final class History {
  /**
   * One epoch.
   *
   * @param epoch from 1
   * @param trainLoss mean training loss in nats, with dropout
   * @param devScore the score that decides, NaN without a dev part
   * @param devLoss mean loss on dev in nats, NaN without a dev part and where the task has none
   * @param learningRate at the end of the epoch
   */
  public record Row(
      int epoch, double trainLoss, double devScore, double devLoss, double learningRate) {}

  private final List<Row> rows = new ArrayList<>();

  /** The history of a training that has not begun. */
  public History() {}

  /** Adds the epoch that has just ended. */
  public void add(Row row) {
    rows.add(row);
  }

  /** All epochs so far, the first one first. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** Writes all epochs, as {@link #read} reads them. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(rows.size());
    for (Row row : rows) {
      out.writeInt(row.epoch());
      out.writeDouble(row.trainLoss());
      out.writeDouble(row.devScore());
      out.writeDouble(row.devLoss());
      out.writeDouble(row.learningRate());
    }
  }

  /** Takes the epochs that were written in place of its own. */
  public void read(DataInput in) throws IOException {
    rows.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      rows.add(
          new Row(
              in.readInt(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
    }
  }
}
