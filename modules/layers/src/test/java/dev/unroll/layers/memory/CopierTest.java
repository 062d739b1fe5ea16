package dev.unroll.layers.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;

class CopierTest {
  private static final int LENGTH = 200;

  /** Of at most 64 bytes, so that stretches lie in many windows and across their ends. */
  private final Copier copier = new Copier(64);

  @Test
  void copiesWhatIsAskedForAndNothingElse() {
    try (FloatPointer from = new FloatPointer(LENGTH);
        FloatPointer to = new FloatPointer(LENGTH)) {
      for (int count = 1; count <= 16; count++) {
        for (int at = 0; at + count <= LENGTH; at += 3) {
          int target = LENGTH - count - at;
          fill(from, 1);
          fill(to, -1000);
          copier.copy(address(from, at), address(to, target), count * Float.BYTES);
          for (int i = 0; i < LENGTH; i++) {
            boolean copied = i >= target && i < target + count;
            assertEquals(copied ? 1 + at + i - target : -1000 + i, to.get(i));
          }
        }
      }
    }
  }

  @Test
  void readsAndWritesArrays() {
    try (FloatPointer memory = new FloatPointer(LENGTH)) {
      fill(memory, 0);
      float[] values = {0.5f, -0.5f, 7, 8};
      for (int at = 0; at + 3 <= LENGTH; at++) {
        copier.write(values, address(memory, at), 3);
        float[] read = new float[4];
        copier.read(address(memory, at), read, 3);
        assertArrayEquals(new float[] {0.5f, -0.5f, 7, 0}, read);
        int[] bits = new int[2];
        copier.readBits(address(memory, at), bits, 2);
        assertEquals(0.5f, Float.intBitsToFloat(bits[0]));
        assertEquals(-0.5f, Float.intBitsToFloat(bits[1]));
        if (at + 3 < LENGTH) {
          assertEquals(at + 3, memory.get(at + 3));
        }
      }
    }
  }

  private static void fill(FloatPointer values, int first) {
    for (int i = 0; i < LENGTH; i++) {
      values.put(i, first + i);
    }
  }

  private static long address(FloatPointer pointer, int at) {
    return pointer.address() + (long) at * Float.BYTES;
  }
}
