package dev.unroll.layers.cuda;

import java.lang.ref.Cleaner;

/** A block of the device's memory that grows, and is given back when nobody holds it any more. */
final class DeviceMemory {
  private static final Cleaner CLEANER = Cleaner.create();

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

  DeviceMemory(Cudnn cudnn) {
    block = new Block(cudnn);
    CLEANER.register(this, block);
  }

  /** Makes room; the contents are undefined afterwards if it grew. */
  DeviceMemory reserve(long bytes) {
    if (bytes > capacity) {
      block.run();
      capacity = 0;
      block.address = block.cudnn.allocate(bytes);
      capacity = bytes;
    }
    return this;
  }

  /** Where it begins; changes when it grows, and is 0 before it has been reserved. */
  long address() {
    return block.address;
  }
}
