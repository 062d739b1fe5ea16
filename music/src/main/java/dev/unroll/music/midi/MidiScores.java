package dev.unroll.music.midi;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Score;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
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
    Sequence sequence;
    try {
      sequence = MidiSystem.getSequence(new ByteArrayInputStream(bytes));
    } catch (InvalidMidiDataException | IOException | RuntimeException e) {
      // The JDK's reader throws this and that at bytes that are none of its format.
      throw UserError.data(source, "no sound MIDI file (" + e.getMessage() + "); copy it again", e);
    }
    return new SequenceReader(source, sequence).read();
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
