package dev.unroll.training.cuda;

/**
 * Floats on the device, time-major: {@code [steps, batch, width]}. Vectors without time have one
 * step.
 */
record Tensor(long address, int steps, int batch, int width, Lengths lengths) {

  /** How many vectors there are, padding included. */
  int rows() {
    return steps * batch;
  }

  /** How many floats. */
  int length() {
    return Math.multiplyExact(rows(), width);
  }

  long bytes() {
    return (long) length() * Float.BYTES;
  }
}
