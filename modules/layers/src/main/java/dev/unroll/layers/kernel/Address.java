package dev.unroll.layers.kernel;

import org.bytedeco.javacpp.Pointer;

/** A pointer that can be moved to any address; it owns nothing. */
final class Address extends Pointer {

  Address() {
    super((Pointer) null);
  }

  Address at(long newAddress) {
    address = newAddress;
    return this;
  }
}
