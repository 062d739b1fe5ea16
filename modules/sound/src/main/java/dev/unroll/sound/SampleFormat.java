package dev.unroll.sound;

import dev.unroll.data.UserError;
import javax.sound.sampled.AudioFormat;

/**
 * How a sample lies in bytes.
 *
 * @param bytes of a sample
 * @param kind what they mean
 * @param bigEndian whether the first byte is the highest
 */
record SampleFormat(int bytes, Kind kind, boolean bigEndian) {
  enum Kind {
    SIGNED,
    UNSIGNED,
    FLOAT
  }

  private static final int MOST_BYTES = 4;

  static SampleFormat of(AudioFormat format, String name) {
    AudioFormat.Encoding encoding = format.getEncoding();
    Kind kind =
        encoding.equals(AudioFormat.Encoding.PCM_FLOAT)
            ? Kind.FLOAT
            : encoding.equals(AudioFormat.Encoding.PCM_UNSIGNED) ? Kind.UNSIGNED : Kind.SIGNED;
    boolean known = kind != Kind.SIGNED || encoding.equals(AudioFormat.Encoding.PCM_SIGNED);
    int bytes = (format.getSampleSizeInBits() + 7) / 8;
    boolean sized =
        kind == Kind.FLOAT ? bytes == 4 || bytes == 8 : bytes >= 1 && bytes <= MOST_BYTES;
    if (!known || !sized) {
      throw UserError.data(
          name,
          "holds %s of %d bits, which is not read; convert it: ffmpeg -i IN -c:a pcm_s16le OUT.wav"
              .formatted(encoding, format.getSampleSizeInBits()));
    }
    return new SampleFormat(bytes, kind, format.isBigEndian());
  }

  /** The mean of the channels of all whole frames. */
  float[] mixed(byte[] from, int channels, String name) {
    float[] mono = new float[from.length / (bytes * channels)];
    for (int i = 0; i < mono.length; i++) {
      double sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += at(from, (i * channels + channel) * bytes);
      }
      mono[i] = (float) (sum / channels);
      if (!Float.isFinite(mono[i])) {
        throw UserError.data(
            name, "sample " + i + " is " + mono[i] + ", no number; convert the file again");
      }
    }
    return mono;
  }

  /** The sample from {@code offset} on, from -1 to 1. */
  private double at(byte[] from, int offset) {
    long bits = 0;
    for (int i = 0; i < bytes; i++) {
      int at = bigEndian ? i : bytes - 1 - i;
      bits = bits << 8 | from[offset + at] & 0xFF;
    }
    if (kind == Kind.FLOAT) {
      return bytes == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }
    long half = 1L << (8 * bytes - 1);
    long value = kind == Kind.UNSIGNED ? bits - half : (bits ^ half) - half;
    return (double) value / half;
  }
}
