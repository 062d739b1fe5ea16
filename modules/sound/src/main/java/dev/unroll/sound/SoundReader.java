package dev.unroll.sound;

import dev.unroll.data.UserError;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Reads recordings: WAV with 8, 16, 24 or 32 bits a sample, floating point, mu-law and A-law, also
 * as {@code WAVE_FORMAT_EXTENSIBLE}, and what else {@code javax.sound.sampled} reads of the kind
 * (AIFF, AU). Several channels are mixed down to their mean.
 *
 * <p>What is wrong is a {@link UserError} that names the file: compressed sound (with the command
 * that converts it), a file without sound, one that ends before its header says, samples that are
 * no numbers.
 */
public final class SoundReader {
  /** The longest recording, in seconds: an hour. */
  public static final int MOST_SECONDS = 3600;

  private static final int MARK = 1 << 16;

  /** Bytes that are read at once. */
  private static final int CHUNK = 1 << 16;

  /**
   * Bytes that a header gives, or more, who did not know their number, such as a program in a pipe.
   */
  private static final long UNKNOWN = 0x7FFF0000L;

  private SoundReader() {}

  /** Reads a file. */
  public static Sound read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return read(in, path.toString());
    } catch (NoSuchFileException e) {
      throw UserError.data(path, "no such file; check the name");
    } catch (IOException e) {
      throw UserError.data(path, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Reads a stream to its end; it is not closed.
   *
   * @param name what messages call it
   */
  public static Sound read(InputStream stream, String name) {
    AudioInputStream audio = open(stream, name);
    try {
      return decode(audio, audio.getFrameLength(), name);
    } catch (IOException e) {
      throw UserError.data(name, "cannot be read as sound (" + e.getMessage() + ")", e);
    }
  }

  /** The samples behind the header. */
  static AudioInputStream open(InputStream stream, String name) {
    BufferedInputStream in = new BufferedInputStream(stream, MARK);
    try {
      in.mark(MARK);
      byte[] start = in.readNBytes(16);
      in.reset();
      FileKind.refuseUnread(start, name);
      return linear(AudioSystem.getAudioInputStream(in), name);
    } catch (UnsupportedAudioFileException e) {
      throw UserError.data(
          name,
          "not a WAV file that can be read (damaged header, or compressed sound); convert it: ffmpeg -i IN -c:a pcm_s16le OUT.wav",
          e);
    } catch (EOFException e) {
      throw UserError.data(name, "ends within its header; copy it again");
    } catch (IOException | RuntimeException e) {
      if (e instanceof UserError known) {
        throw known;
      }
      throw UserError.data(name, "damaged header (" + e.getMessage() + "); copy it again", e);
    }
  }

  /** Mu-law and A-law as 16 bits, everything else as it is. */
  private static AudioInputStream linear(AudioInputStream audio, String name) {
    AudioFormat format = audio.getFormat();
    AudioFormat.Encoding encoding = format.getEncoding();
    boolean law =
        encoding.equals(AudioFormat.Encoding.ULAW) || encoding.equals(AudioFormat.Encoding.ALAW);
    if (format.getChannels() < 1 || !(format.getSampleRate() >= 1)) {
      throw UserError.data(
          name,
          String.format(
              Locale.ROOT,
              "its header says %d channels and %.0f samples a second, which cannot be",
              format.getChannels(),
              format.getSampleRate()));
    }
    return law ? AudioSystem.getAudioInputStream(AudioFormat.Encoding.PCM_SIGNED, audio) : audio;
  }

  /** To the end, which some streams tell by giving nothing. */
  private static byte[] readAll(AudioInputStream audio, int frameBytes, long most)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[Math.max(1, CHUNK / frameBytes) * frameBytes];
    for (int n = audio.read(buffer); n > 0 && all.size() < most; n = audio.read(buffer)) {
      all.write(buffer, 0, n);
    }
    return all.toByteArray();
  }

  private static Sound decode(AudioInputStream audio, long promised, String name)
      throws IOException {
    AudioFormat format = audio.getFormat();
    SampleFormat samples = SampleFormat.of(format, name);
    int channels = format.getChannels();
    int rate = Math.round(format.getSampleRate());
    int frameBytes = samples.bytes() * channels;
    long most = (long) MOST_SECONDS * rate * frameBytes;
    byte[] bytes = readAll(audio, frameBytes, Math.min(most + 1, Integer.MAX_VALUE - 8));
    if (bytes.length > most) {
      throw UserError.data(
          name, "longer than " + MOST_SECONDS + " seconds; cut it into shorter recordings");
    }
    int frames = bytes.length / frameBytes;
    boolean known = promised != AudioSystem.NOT_SPECIFIED && promised * frameBytes < UNKNOWN;
    if (known && frames < promised) {
      throw UserError.data(
          name,
          String.format(
              Locale.ROOT,
              "truncated: its header says %.2f seconds, there are %.2f; copy it again",
              (double) promised / rate,
              (double) frames / rate));
    }
    if (frames == 0) {
      throw UserError.data(name, "has no sound in it; record it again or leave it out");
    }
    return new Sound(samples.mixed(bytes, channels, name), rate);
  }
}
