package dev.unroll.layers.cuda;

import java.util.Locale;

/** The device has no room for a block. */
final class OutOfDeviceMemory extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * That of a block.
   *
   * @param free bytes that nobody has
   * @param total bytes of the device
   */
  OutOfDeviceMemory(long bytes, long free, long total) {
    super(
        String.format(
            Locale.ROOT,
            "the GPU has no room for %,d bytes: %,d of %,d are free; take a smaller --batch or --window, or end what else computes there",
            bytes,
            free,
            total));
  }
}
