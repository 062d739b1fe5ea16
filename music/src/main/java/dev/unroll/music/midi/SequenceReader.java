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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** Makes a score of a sequence. */
final class SequenceReader {
  static final int TRACK_NAME = 0x03;
  static final int LYRIC = 0x05;
  static final int TEMPO = 0x51;
  static final int METRE = 0x58;
  static final int KEY = 0x59;
  static final int PERCUSSION = 9;

  /** The wheel for bends where it bends nothing. */
  private static final int CENTRE = 64;

  /** Two quarter notes a second, where time is told in frames of film. */
  private static final double FILM_TEMPO = 2;

  private final String source;
  private final Sequence sequence;
  private final double scale; // of the file's ticks to ours
  private final Map<String, Integer> left = new TreeMap<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<Voice> voices = new ArrayList<>();
  private final List<Change<Integer>> tempos = new ArrayList<>();
  private final List<Change<Metre>> metres = new ArrayList<>();
  private final List<Change<Key>> keys = new ArrayList<>();
  private String name = "";
  private Integer loudness;
  private boolean film;

  SequenceReader(String source, Sequence sequence) {
    this.source = source;
    this.sequence = sequence;
    this.film = sequence.getDivisionType() != Sequence.PPQ;
    double perQuarter =
        film
            ? sequence.getDivisionType() * sequence.getResolution() / FILM_TEMPO
            : sequence.getResolution();
    this.scale = Score.QUARTER / perQuarter;
  }

  MidiScores.Reading read() {
    if (!(scale > 0 && sequence.getTickLength() * scale < Score.LONGEST)) {
      throw UserError.data(source, "is longer than any music; it may be damaged");
    }
    if (film) {
      note("times in frames of film, read at 120 quarter notes a minute");
    }
    for (Track track : sequence.getTracks()) {
      track(track);
    }
    int length = time(sequence.getTickLength());
    length = Math.max(length, notes.stream().mapToInt(Note::end).max().orElse(0));
    if (voices.isEmpty()) {
      voices.add(Voice.PIANO);
    }
    List<String> said = new ArrayList<>();
    left.forEach((what, count) -> said.add(count > 1 ? count + " " + what : what));
    Score score =
        new Score(
            name,
            "",
            voices,
            Score.untangled(notes),
            length,
            distinct(tempos),
            distinct(metres),
            distinct(keys),
            List.of());
    return new MidiScores.Reading(score, said);
  }

  private void note(String what) {
    left.merge(what, 1, Integer::sum);
  }

  private int time(long tick) {
    double exact = tick * scale;
    int rounded = (int) Math.round(exact);
    if (Math.abs(exact - rounded) > 1e-6) {
      note("times between our ticks of 1/%d quarter".formatted(Score.QUARTER));
    }
    return rounded;
  }

  /** Of changes at one time the last, and none to what holds already. */
  private static <T> List<Change<T>> distinct(List<Change<T>> changes) {
    TreeMap<Integer, T> byTime = new TreeMap<>();
    changes.forEach(change -> byTime.put(change.time(), change.value()));
    List<Change<T>> distinct = new ArrayList<>();
    byTime.forEach(
        (time, value) -> {
          if (distinct.isEmpty() || !distinct.get(distinct.size() - 1).value().equals(value)) {
            distinct.add(new Change<>(time, value));
          }
        });
    return distinct;
  }

  /** What is known of a channel of a track. */
  private static final class Channel {
    private final int voice;
    private final Map<Integer, Integer> sounding = new HashMap<>(); // when a pitch began
    private int program;
    private boolean played;

    Channel(int voice) {
      this.voice = voice;
    }
  }

  private void track(Track track) {
    Map<Integer, Channel> channels = new LinkedHashMap<>();
    Map<Integer, Integer> programs = new HashMap<>();
    String title = "";
    for (int i = 0; i < track.size(); i++) {
      MidiEvent event = track.get(i);
      if (event.getMessage() instanceof MetaMessage meta) {
        if (meta.getType() == TRACK_NAME && title.isEmpty()) {
          title = new String(meta.getData(), StandardCharsets.UTF_8).strip();
        } else {
          meta(meta, event.getTick());
        }
      } else if (event.getMessage() instanceof ShortMessage message) {
        channel(message, event.getTick(), channels, programs);
      } else {
        note("messages for one make of instrument");
      }
    }
    int end = time(track.ticks());
    for (Channel channel : channels.values()) {
      channel.sounding.forEach((pitch, start) -> add(channel, pitch, start, end));
      voices.set(channel.voice, new Voice(title, channel.program));
    }
    if (channels.isEmpty() && name.isEmpty()) {
      name = title;
    }
  }

  private void meta(MetaMessage meta, long tick) {
    byte[] data = meta.getData();
    if (meta.getType() == TEMPO && data.length == 3) {
      int tempo = (data[0] & 0xFF) << 16 | (data[1] & 0xFF) << 8 | data[2] & 0xFF;
      if (tempo > 0) {
        tempos.add(new Change<>(time(tick), tempo));
      }
    } else if (meta.getType() == METRE && data.length == 4) {
      int unit = data[1] < 0 || data[1] > 6 ? 0 : 1 << data[1];
      if (Metre.valid(data[0], unit)) {
        metres.add(new Change<>(time(tick), new Metre(data[0], unit)));
      } else {
        note("metres that there are not");
      }
    } else if (meta.getType() == KEY && data.length == 2) {
      if (Math.abs(data[0]) <= 7) {
        keys.add(
            new Change<>(time(tick), new Key(data[0], data[1] == 1 ? Mode.MINOR : Mode.MAJOR)));
      } else {
        note("keys that there are not");
      }
    } else if (meta.getType() == LYRIC) {
      note("words");
    }
  }

  private void channel(
      ShortMessage message,
      long tick,
      Map<Integer, Channel> channels,
      Map<Integer, Integer> programs) {
    int number = message.getChannel();
    int pitch = message.getData1();
    if (pitch >= Note.PITCHES) {
      throw UserError.data(
          source, "no sound MIDI file (a pitch of %d); copy it again".formatted(pitch));
    }
    switch (message.getCommand()) {
      case ShortMessage.NOTE_ON, ShortMessage.NOTE_OFF -> {
        boolean on = message.getCommand() == ShortMessage.NOTE_ON && message.getData2() > 0;
        if (number == PERCUSSION) {
          if (on) {
            note("strokes of percussion");
          }
          return;
        }
        Channel channel = channels.get(number);
        if (channel == null) {
          channel = new Channel(voices.size());
          channel.program = programs.getOrDefault(number, 0);
          channels.put(number, channel);
          voices.add(Voice.PIANO);
        }
        Integer began = channel.sounding.remove(pitch);
        if (began != null) {
          add(channel, pitch, began, time(tick));
        }
        if (on) {
          channel.sounding.put(pitch, time(tick));
          channel.played = true;
          loudness(message.getData2());
        }
      }
      case ShortMessage.PROGRAM_CHANGE -> {
        Channel channel = channels.get(number);
        if (channel != null && channel.played && channel.program != pitch) {
          note("changes of instrument");
        }
        programs.put(number, pitch);
      }
      case ShortMessage.CONTROL_CHANGE -> note("control changes");
      case ShortMessage.PITCH_BEND -> {
        if (message.getData1() != 0 || message.getData2() != CENTRE) {
          note("bends of pitch");
        }
      }
      default -> note("changes of pressure, and what else is not of notes");
    }
  }

  private void loudness(int velocity) {
    if (loudness == null) {
      loudness = velocity;
    } else if (loudness != velocity) {
      left.put("how loud notes are", 1);
    }
  }

  private void add(Channel channel, int pitch, int start, int end) {
    if (end > start) {
      notes.add(new Note(channel.voice, pitch, start, end - start));
    } else {
      note("notes without a length");
    }
  }
}
