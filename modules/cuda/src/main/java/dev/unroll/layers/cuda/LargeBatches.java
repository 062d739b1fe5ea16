package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.kernel.RecurrentKernel;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the device what is thought to be worth sending there, and leaves the rest to the CPU: a
 * single sequence or step, which costs as many copies and launches as a batch, and small layers.
 * From which size on the device wins is an estimate, until somebody has measured it.
 */
public final class LargeBatches implements RecurrentKernel {
  /**
   * System property: layers of fewer units stay on the CPU. With 0 everything goes to the device,
   * single sequences and steps too.
   */
  public static final String PROPERTY = "unroll.cuda.from";

  private static final int FROM = 256;
  private static final Logger LOG = LoggerFactory.getLogger(LargeBatches.class);

  private final RecurrentKernel device;
  private final int from;
  private final String remark;
  private boolean warned;

  /**
   * Shares the work out.
   *
   * @param remark on the device's kernel, for people
   * @throws IllegalStateException if {@link #PROPERTY} is no number
   */
  LargeBatches(RecurrentKernel device, String remark) {
    this.device = device;
    this.remark = remark;
    from = chosen();
  }

  /**
   * From how many units on layers go to the device.
   *
   * @throws IllegalStateException if {@link #PROPERTY} is no number
   */
  public static int chosen() {
    String value = System.getProperty(PROPERTY, String.valueOf(FROM));
    if (!value.matches("\\d{1,9}")) {
      throw new IllegalStateException(
          "%s must be a number of units, 0 or more, got %s".formatted(PROPERTY, value));
    }
    return Integer.parseInt(value);
  }

  @Override
  public String name() {
    return device.name();
  }

  @Override
  public boolean supports(Cell cell, DataType type) {
    return device.supports(cell, type);
  }

  @Override
  public Method method(CellShape shape, DataType type, Purpose purpose) {
    boolean large = !purpose.singleRow() && !purpose.oneStep();
    if (from == 0 || large && shape.hidden() >= from) {
      return device.method(shape, type, purpose);
    }
    if (large) {
      warnOfSmallLayers(shape.hidden());
    }
    return Kernels.onProcessor(shape.cell(), type).method(shape, type, purpose);
  }

  private synchronized void warnOfSmallLayers(int hidden) {
    if (!warned) {
      warned = true;
      LOG.warn(
          "Layers of {} units are computed by the processor, which is thought to be faster below {}; -D{}=0 sends all to the GPU.",
          hidden,
          from,
          PROPERTY);
    }
  }

  @Override
  public String toString() {
    return "%s, %s; %s"
        .formatted(
            device,
            remark,
            from == 0 ? "for everything" : "for whole batches of layers from " + from + " units");
  }
}
