package dev.unroll.sound;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** WAV files byte by byte, as the specification of 1991 and Microsoft's of 2001 describe them. */
final class Waves {
  static final int PCM = 1;
  static final int FLOAT = 3;
  static final int A_LAW = 6;
  static final int MU_LAW = 7;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final byte[] GUID_TAIL = {0, 0, 0, 0, 16, 0, -128, 0, 0, -86, 0, 56, -101, 113};

  private Waves() {}

  /** A tone of 100 Hz, half as loud as can be. */
  static float[] tone(int rate, int count) {
    return samples(count, n -> 0.5 * Math.sin(2 * Math.PI * 100 * n / rate));
  }

  static float[] samples(int count, DoubleUnaryOperator at) {
    float[] samples = new float[count];
    IntStream.range(0, count).forEach(n -> samples[n] = (float) at.applyAsDouble(n));
    return samples;
  }

  /** Samples as a format writes them, all channels alike. */
  static byte[] data(float[] samples, int tag, int bits, int channels) {
    ByteBuffer data =
        ByteBuffer.allocate(samples.length * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      for (int channel = 0; channel < channels; channel++) {
        put(data, sample, tag, bits);
      }
    }
    return data.array();
  }

  private static void put(ByteBuffer data, double sample, int tag, int bits) {
    if (tag == FLOAT) {
      if (bits == 32) {
        data.putFloat((float) sample);
      } else {
        data.putDouble(sample);
      }
    } else if (tag == MU_LAW || tag == A_LAW) {
      data.put((byte) (tag == MU_LAW ? muLaw(sample) : aLaw(sample)));
    } else if (bits == 8) {
      data.put((byte) Math.round(127 * sample + 128));
    } else {
      long value = Math.round(sample * ((1L << (bits - 1)) - 1));
      for (int shift = 0; shift < bits; shift += 8) {
        data.put((byte) (value >> shift));
      }
    }
  }

  /** The nearest of the 256 values of ITU-T G.711, by trying all. */
  private static int muLaw(double sample) {
    return nearest(
        sample,
        code -> {
          int bits = ~code & 0xFF;
          int magnitude = (((bits & 15) << 3) + 132 << (bits >> 4 & 7)) - 132;
          return (bits & 128) == 0 ? magnitude : -magnitude;
        });
  }

  private static int aLaw(double sample) {
    return nearest(
        sample,
        code -> {
          int bits = code ^ 0x55;
          int exponent = bits >> 4 & 7;
          int magnitude = ((bits & 15) << 4) + 8;
          magnitude = exponent == 0 ? magnitude : magnitude + 256 << exponent - 1;
          return (bits & 128) != 0 ? magnitude : -magnitude;
        });
  }

  private static int nearest(double sample, java.util.function.IntToDoubleFunction decode) {
    int best = 0;
    for (int code = 1; code < 256; code++) {
      if (Math.abs(decode.applyAsDouble(code) - 32768 * sample)
          < Math.abs(decode.applyAsDouble(best) - 32768 * sample)) {
        best = code;
      }
    }
    return best;
  }

  /** A file with a list of notes before the sound. */
  static byte[] file(int tag, int bits, int channels, int rate, boolean extensible, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer format = ByteBuffer.allocate(extensible ? 40 : 16).order(ByteOrder.LITTLE_ENDIAN);
    format.putShort((short) (extensible ? EXTENSIBLE : tag)).putShort((short) channels);
    format.putInt(rate).putInt(rate * channels * bits / 8);
    format.putShort((short) (channels * bits / 8)).putShort((short) bits);
    if (extensible) {
      format.putShort((short) 22).putShort((short) bits).putInt(channels == 1 ? 4 : 3);
      format.putShort((short) tag).put(GUID_TAIL);
    }
    byte[] notes = "INFOINAM\4\0\0\0abc\0".getBytes(StandardCharsets.ISO_8859_1);
    int size = 4 + 8 + format.capacity() + 8 + notes.length + 8 + data.length;
    for (byte[] part :
        List.of(
            "RIFF".getBytes(StandardCharsets.US_ASCII),
            number(size),
            "WAVEfmt ".getBytes(StandardCharsets.US_ASCII),
            number(format.capacity()),
            format.array(),
            "LIST".getBytes(StandardCharsets.US_ASCII),
            number(notes.length),
            notes,
            "data".getBytes(StandardCharsets.US_ASCII),
            number(data.length),
            data)) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
