package dev.unroll.music.midi;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Change;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Mode;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** Makes a sequence of a score. */
final class SequenceWriter {
  private static final int LOUDNESS = 80;
  private static final int CHANNELS = 16;
  private static final int END_OF_TRACK = 0x2F;

  private SequenceWriter() {}

  static Sequence sequence(Score score) {
    if (score.voices().size() >= CHANNELS) {
      throw UserError.usage(
          "a MIDI file has 15 channels for voices, and this score %d; write it as ABC"
              .formatted(score.voices().size()));
    }
    try {
      Sequence sequence = new Sequence(Sequence.PPQ, Score.QUARTER);
      head(score, sequence.createTrack());
      for (int voice = 0; voice < score.voices().size(); voice++) {
        voice(score, voice, sequence.createTrack());
      }
      return sequence;
    } catch (InvalidMidiDataException e) {
      throw new IllegalStateException("a score holds nothing that MIDI could not", e);
    }
  }

  private static void head(Score score, Track track) throws InvalidMidiDataException {
    text(track, score.name());
    for (Change<Integer> tempo : score.tempos()) {
      int value = Math.min(tempo.value(), 0xFFFFFF);
      byte[] data = {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
      track.add(meta(SequenceReader.TEMPO, data, tempo.time()));
    }
    for (Change<Metre> metre : score.metres()) {
      int power = Integer.numberOfTrailingZeros(metre.value().unit());
      byte[] data = {(byte) metre.value().beats(), (byte) power, 24, 8};
      track.add(meta(SequenceReader.METRE, data, metre.time()));
    }
    for (Change<Key> key : score.keys()) {
      boolean minor = key.value().mode() == Mode.MINOR;
      byte[] data = {(byte) key.value().sharps(), (byte) (minor ? 1 : 0)};
      track.add(meta(SequenceReader.KEY, data, key.time()));
    }
    track.add(meta(END_OF_TRACK, new byte[0], score.length()));
  }

  private static void voice(Score score, int number, Track track) throws InvalidMidiDataException {
    Voice voice = score.voices().get(number);
    int channel = number < SequenceReader.PERCUSSION ? number : number + 1;
    text(track, voice.name());
    track.add(
        new MidiEvent(
            new ShortMessage(ShortMessage.PROGRAM_CHANGE, channel, voice.program(), 0), 0));
    List<MidiEvent> events = new ArrayList<>();
    for (Note note : score.notes()) {
      if (note.voice() == number) {
        events.add(event(ShortMessage.NOTE_ON, channel, note, note.start()));
        events.add(event(ShortMessage.NOTE_OFF, channel, note, note.end()));
      }
    }
    // What ends comes before what begins at the same time, or a note struck twice would be lost.
    events.sort(
        Comparator.comparingLong(MidiEvent::getTick)
            .thenComparing(event -> event.getMessage().getStatus() & 0xF0));
    events.forEach(track::add);
  }

  private static MidiEvent event(int command, int channel, Note note, int time)
      throws InvalidMidiDataException {
    return new MidiEvent(new ShortMessage(command, channel, note.pitch(), LOUDNESS), time);
  }

  private static void text(Track track, String text) throws InvalidMidiDataException {
    if (!text.isEmpty()) {
      track.add(meta(SequenceReader.TRACK_NAME, text.getBytes(StandardCharsets.UTF_8), 0));
    }
  }

  private static MidiEvent meta(int type, byte[] data, int time) throws InvalidMidiDataException {
    MidiMessage message = new MetaMessage(type, data, data.length);
    return new MidiEvent(message, time);
  }
}
