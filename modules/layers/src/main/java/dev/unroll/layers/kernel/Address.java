package dev.unroll.layers.kernel;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer that can be moved to any address; it owns nothing. */
final class Address extends FloatPointer {

  Address() {
    super((Pointer) null);
  }

  Address at(long newAddress) {
    address = newAddress;
    return this;
  }
}
