package dev.unroll.training.cuda;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.FloatPointer;

/** Has something computed in main memory: numbers come from the device, and others go back. */
final class Exchange {
  private final Context context;
  private FloatPointer staging = new FloatPointer();

  Exchange(Context context) {
    this.context = context;
  }

  /** Puts as many numbers in the place of those on the device. */
  void replace(long address, int length, UnaryOperator<float[]> computed) {
    if (staging.capacity() < length) {
      staging.close();
      staging = new FloatPointer((long) length);
    }
    long bytes = length * (long) Float.BYTES;
    float[] values = new float[length];
    context.gpu.cudnn().download(address, staging, bytes);
    staging.get(values);
    staging.put(computed.apply(values));
    context.gpu.cudnn().upload(staging, address, bytes);
  }

  void close() {
    staging.close();
  }
}
