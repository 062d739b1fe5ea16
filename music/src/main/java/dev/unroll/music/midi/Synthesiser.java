package dev.unroll.music.midi;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Clock;
import dev.unroll.music.score.Score;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequence;
import javax.sound.midi.Synthesizer;
import javax.sound.midi.Track;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * Plays scores into WAV files by the JDK's own synthesiser, which needs no sound card. What it has
 * to say is in a package that the JDK does not export: Java has to be started with the option
 * {@value #OPTION}, as the launcher does.
 */
public final class Synthesiser {
  /** The option that Java is started with. */
  public static final String OPTION = "add-exports java.desktop/com.sun.media.sound=ALL-UNNAMED";

  private static final AudioFormat FORMAT = new AudioFormat(44_100, 16, 2, true, false);
  private static final double ECHO = 2; // seconds for the last note to fade
  private static final double LONGEST = 3600; // seconds

  private Synthesiser() {}

  /**
   * Writes a WAV file, 44,100 Hz, 16 bits, stereo.
   *
   * @throws UserError if the JDK has no synthesiser that can be reached, or the piece is longer
   *     than an hour
   */
  public static void write(Score score, OutputStream out) throws IOException {
    double seconds = new Clock(score).seconds(score.length()) + ECHO;
    if (seconds > LONGEST) {
      throw UserError.usage(
          "a WAV file of %.0f seconds; an hour is the longest, so write MIDI".formatted(seconds));
    }
    try (Synthesizer synthesizer = MidiSystem.getSynthesizer();
        AudioInputStream stream = stream(synthesizer)) {
      send(score, synthesizer.getReceiver());
      long frames = (long) (seconds * FORMAT.getFrameRate());
      AudioInputStream played = new AudioInputStream(stream, FORMAT, frames);
      AudioSystem.write(played, AudioFileFormat.Type.WAVE, out);
    } catch (MidiUnavailableException e) {
      throw unreachable(e);
    }
  }

  private static AudioInputStream stream(Synthesizer synthesizer) {
    try {
      return (AudioInputStream)
          synthesizer
              .getClass()
              .getMethod("openStream", AudioFormat.class, Map.class)
              .invoke(synthesizer, FORMAT, null);
    } catch (ReflectiveOperationException e) {
      throw unreachable(e);
    }
  }

  private static UserError unreachable(Exception e) {
    return UserError.failed(
        "the JDK's synthesiser cannot be reached (%s); start Java with the option %s, or write MIDI"
            .formatted(e.getMessage(), OPTION),
        e);
  }

  private static void send(Score score, Receiver receiver) {
    Clock clock = new Clock(score);
    Sequence sequence = SequenceWriter.sequence(score);
    List<MidiEvent> events = new ArrayList<>();
    for (Track track : sequence.getTracks()) {
      for (int i = 0; i < track.size(); i++) {
        events.add(track.get(i));
      }
    }
    events.sort(Comparator.comparingLong(MidiEvent::getTick)); // stable, so what ends comes first
    for (MidiEvent event : events) {
      long microseconds = Math.round(clock.seconds((int) event.getTick()) * 1e6);
      receiver.send(event.getMessage(), microseconds);
    }
  }
}
