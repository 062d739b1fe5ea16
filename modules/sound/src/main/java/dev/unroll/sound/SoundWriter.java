package dev.unroll.sound;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Writes WAV with 16 bits a sample, little-endian, one channel. */
public final class SoundWriter {
  private static final int HIGHEST = Short.MAX_VALUE;

  private SoundWriter() {}

  /** The bytes of a WAV file; what is beyond -1 and 1 is clipped. */
  public static byte[] wav(Sound sound) {
    byte[] bytes = new byte[2 * sound.samples().length];
    for (int i = 0; i < sound.samples().length; i++) {
      float clipped = Math.max(-1, Math.min(1, sound.samples()[i]));
      int value = Math.round(clipped * HIGHEST);
      bytes[2 * i] = (byte) value;
      bytes[2 * i + 1] = (byte) (value >> 8);
    }
    AudioFormat format = new AudioFormat(sound.rate(), 16, 1, true, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AudioInputStream audio =
        new AudioInputStream(new ByteArrayInputStream(bytes), format, sound.samples().length)) {
      AudioSystem.write(audio, AudioFileFormat.Type.WAVE, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory
    }
    return out.toByteArray();
  }
}
