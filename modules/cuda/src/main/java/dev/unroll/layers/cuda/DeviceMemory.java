package dev.unroll.layers.cuda;

import java.lang.ref.Cleaner;

/** A block of the device's memory that grows, and is given back when nobody holds it any more. */
public final class DeviceMemory {
  private static final Cleaner CLEANER = Cleaner.create();

  /** How often room is looked for; what the collector finds is given back by another thread. */
  private static final int ATTEMPTS = 20;

  private static final int PAUSE_MILLIS = 50;

  private final Block block;
  private long capacity;

  /** The address; apart from its owner, so that the cleaner does not hold the owner. */
  private static final class Block implements Runnable {
    final Cudnn cudnn;
    long address;

    Block(Cudnn cudnn) {
      this.cudnn = cudnn;
    }

    @Override
    public synchronized void run() {
      if (address != 0) {
        cudnn.free(address);
        address = 0;
      }
    }
  }

  /** A block of no size. */
  public DeviceMemory(Cudnn cudnn) {
    block = new Block(cudnn);
    CLEANER.register(this, block);
  }

  /**
   * Makes room; the contents are undefined afterwards if it grew.
   *
   * @throws OutOfDeviceMemory if there is none, even after what nobody holds has been given back
   */
  public DeviceMemory reserve(long bytes) {
    if (bytes > capacity) {
      block.run();
      capacity = 0;
      block.address = allocate(bytes);
      capacity = bytes;
    }
    return this;
  }

  private long allocate(long bytes) {
    for (int attempt = 1; ; attempt++) {
      try {
        return block.cudnn.allocate(bytes);
      } catch (OutOfDeviceMemory e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        if (attempt == 1) {
          System.gc();
        }
        pause(e);
      }
    }
  }

  private static void pause(OutOfDeviceMemory reason) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }

  /** Where it begins; changes when it grows, and is 0 before it has been reserved. */
  public long address() {
    return block.address;
  }

  /** Gives it back at once. */
  public void free() {
    block.run();
    capacity = 0;
  }
}
