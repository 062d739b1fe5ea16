package dev.unroll.sound;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;

/** The samples of a sound that still comes in, mixed down to one channel. */
public final class LiveSound {
  private final InputStream in;
  private final String name;
  private final SampleFormat format;
  private final int channels;
  private final int rate;

  private LiveSound(InputStream in, String name, AudioFormat format) {
    this.in = in;
    this.name = name;
    this.format = SampleFormat.of(format, name);
    this.channels = format.getChannels();
    this.rate = Math.round(format.getSampleRate());
  }

  /**
   * A WAV file, whose header may lie about its length.
   *
   * @param name what messages call it
   */
  public static LiveSound wav(InputStream in, String name) {
    AudioInputStream audio = SoundReader.open(in, name);
    return new LiveSound(audio, name, audio.getFormat());
  }

  /** Samples of 16 bits, little-endian, one channel, without a header. */
  public static LiveSound raw(InputStream in, String name, int rate) {
    if (rate < 1) {
      throw UserError.usage("samples come 1 or more a second, got " + rate);
    }
    return new LiveSound(in, name, new AudioFormat(rate, 16, 1, true, false));
  }

  /** Samples a second. */
  public int rate() {
    return rate;
  }

  /** The next samples, at most {@code count}; none at the end. */
  public float[] next(int count) {
    int frame = format.bytes() * channels;
    byte[] bytes = new byte[count * frame];
    try {
      int read = 0;
      for (int n = 1; n > 0 && read < bytes.length; read += Math.max(0, n)) {
        n = in.read(bytes, read, bytes.length - read); // nothing is the end too
      }
      return format.mixed(Arrays.copyOf(bytes, read), channels, name);
    } catch (IOException e) {
      throw UserError.data(name, "cannot be read (" + e.getMessage() + ")", e);
    }
  }
}
