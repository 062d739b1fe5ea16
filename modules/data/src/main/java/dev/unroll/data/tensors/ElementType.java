package dev.unroll.data.tensors;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How a number lies in a file. */
enum ElementType {
  FLOAT64(8, "F64", "f8") {
    @Override
    float next(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  FLOAT32(4, "F32", "f4") {
    @Override
    float next(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  /** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
  FLOAT16(2, "F16", "f2") {
    @Override
    float next(ByteBuffer bytes) {
      int half = bytes.getShort();
      int exponent = half >> 10 & 0x1f;
      int fraction = half & 0x3ff;
      float size =
          switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent + 127 - 15 << 23 | fraction << 13);
          };
      return half < 0 ? -size : size;
    }
  },
  /** The upper half of a float; NumPy has no name for it. */
  BFLOAT16(2, "BF16", null) {
    @Override
    float next(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  };

  private final int size;
  private final String safetensors;
  private final String numpy;

  ElementType(int size, String safetensors, String numpy) {
    this.size = size;
    this.safetensors = safetensors;
    this.numpy = numpy;
  }

  /** Its bytes. */
  int size() {
    return size;
  }

  /** The number at the position of {@code bytes}, which moves on. */
  abstract float next(ByteBuffer bytes);

  /** All numbers of {@code bytes}. */
  float[] decode(ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / size];
    for (int i = 0; i < values.length; i++) {
      values[i] = next(bytes);
    }
    return values;
  }

  static Optional<ElementType> ofSafetensors(String name) {
    return Arrays.stream(values()).filter(type -> type.safetensors.equals(name)).findFirst();
  }

  static Optional<ElementType> ofNumpy(String name) {
    return Arrays.stream(values()).filter(type -> name.equals(type.numpy)).findFirst();
  }
}
