package dev.unroll.layers.cuda;

import org.bytedeco.javacpp.Pointer;

/** A pointer to an address of this machine or of the device; it owns nothing. */
public final class At extends Pointer {

  /** A pointer to an address. */
  public At(long address) {
    super((Pointer) null);
    this.address = address;
  }
}
