package dev.unroll.layers.memory;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer that can be moved to any address; it owns nothing. */
public final class Address extends FloatPointer {

  /** Points nowhere. */
  public Address() {
    super((Pointer) null);
  }

  /** Moves it, and returns it. */
  public Address at(long newAddress) {
    address = newAddress;
    return this;
  }
}
