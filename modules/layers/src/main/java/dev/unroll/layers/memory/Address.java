package dev.unroll.layers.memory;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer that can be moved to any address; it frees nothing. */
public final class Address extends FloatPointer {
  @SuppressWarnings("unused") // held, so that the memory lasts
  private final Object owner;

  /** Points nowhere, and keeps nothing: whoever moves it sees to it that what is there lasts. */
  public Address() {
    this(null);
  }

  /** Points nowhere, and keeps the owner of the memory to which it will be moved. */
  Address(Object owner) {
    super((Pointer) null);
    this.owner = owner;
  }

  /** Moves it, and returns it. */
  public Address at(long newAddress) {
    address = newAddress;
    return this;
  }
}
