package dev.unroll.music.midi;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Score;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;

/**
 * Standard MIDI files of type 0 and 1 as scores. A voice is what one channel of one track plays.
 *
 * <p>What a score does not hold is left out and said: percussion (channel 10), how loud notes are,
 * controllers, bends of pitch, later changes of instrument.
 */
public final class MidiScores {
  private static final byte[] HEAD = {'M', 'T', 'h', 'd'};
  private static final int PARALLEL = 1;
  private static final int CHUNK_HEAD = 8;
  private static final int HEAD_LENGTH = 6;
  private static final int TRACK = 0x4D54726B; // MTrk

  private MidiScores() {}

  /**
   * A score, and what of its file it does not hold.
   *
   * @param left such as {@code 12 control changes}
   */
  public record Reading(Score score, List<String> left) {}

  /** Whether bytes begin as a MIDI file does. */
  public static boolean isMidi(byte[] bytes) {
    return bytes.length >= HEAD.length && Arrays.equals(HEAD, Arrays.copyOf(bytes, HEAD.length));
  }

  /**
   * Reads a file.
   *
   * @param source as messages call it
   * @throws UserError if it is damaged, or longer than any music
   */
  public static Reading read(String source, byte[] bytes) {
    requireWhole(source, bytes);
    Sequence sequence;
    try {
      sequence = MidiSystem.getSequence(new ByteArrayInputStream(bytes));
    } catch (InvalidMidiDataException | IOException | RuntimeException e) {
      // The JDK's reader throws this and that at bytes that are none of its format.
      throw UserError.data(source, "no sound MIDI file (" + e.getMessage() + "); copy it again", e);
    }
    return new SequenceReader(source, sequence).read();
  }

  /** The JDK's reader takes a file that ends early for one with fewer notes. */
  private static void requireWhole(String source, byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int tracks = -1; // the head is a chunk too
    int wanted = 0;
    while (tracks < wanted) {
      if (file.remaining() < CHUNK_HEAD) {
        throw endsEarly(source);
      }
      int type = file.getInt();
      int length = file.getInt();
      if (length < 0 || length > file.remaining()) {
        throw endsEarly(source);
      }
      if (tracks < 0) {
        wanted = length < HEAD_LENGTH ? 0 : file.getShort(file.position() + 2);
        tracks = 0;
      } else {
        tracks += type == TRACK ? 1 : 0;
      }
      file.position(file.position() + length);
    }
  }

  private static UserError endsEarly(String source) {
    return UserError.data(source, "no sound MIDI file (it ends early); copy it again");
  }

  /**
   * Writes a score as a file of type 1: a track for tempo, metre and key, and one for each voice.
   * Chord symbols are left out.
   *
   * @throws UserError if it has more voices than there are channels
   */
  public static void write(Score score, OutputStream out) throws IOException {
    MidiSystem.write(SequenceWriter.sequence(score), PARALLEL, out);
  }
}
