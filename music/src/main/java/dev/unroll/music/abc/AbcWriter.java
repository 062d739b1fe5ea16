package dev.unroll.music.abc;

import dev.unroll.music.score.Change;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.KeyFinder;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes scores as ABC: all that a score says but instruments and changes of tempo. Notes are split
 * at bar lines and tied, and accidentals written as the key wants them.
 */
public final class AbcWriter {
  private static final int BARS_A_LINE = 4;

  private final Score score;
  private final List<Integer> bars;
  private final int begin;

  private AbcWriter(Score score) {
    this.score = score;
    this.bars = score.bars();
    int first = score.notes().isEmpty() ? 0 : score.notes().get(0).start();
    boolean pickup = bars.size() > 2 && first > 0 && first < bars.get(1);
    this.begin = pickup ? first : 0;
  }

  /**
   * A tune with all its fields.
   *
   * @param number of the tune in its file, from 1
   */
  public static String write(Score score, int number) {
    AbcWriter writer = new AbcWriter(score);
    StringBuilder text = new StringBuilder("X:" + number + "\n");
    text.append("T:").append(oneLine(score.name())).append('\n');
    if (!score.style().isEmpty()) {
      text.append("R:").append(oneLine(score.style())).append('\n');
    }
    if (!score.tempos().isEmpty()) {
      String tempo = String.format(Locale.ROOT, "%.3f", score.tempoAt(0)).replaceAll("\\.?0+$", "");
      text.append("Q:1/4=").append(tempo).append('\n');
    }
    return text.append(writer.music()).toString();
  }

  /** The fields M, L and K, and the music. */
  public static String writeMusic(Score score) {
    return new AbcWriter(score).music();
  }

  /** A note alone, without its length, as it is written in a key. */
  public static String note(int pitch, Key key) {
    return new Spelling(key).write(pitch);
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}%\\\\]+", " ").strip();
  }

  private String music() {
    StringBuilder text = new StringBuilder();
    text.append("M:").append(score.metreAt(0)).append('\n');
    text.append("L:1/8\n");
    List<Staff> staves = Staff.of(score);
    if (staves.size() > 1) {
      for (int i = 0; i < staves.size(); i++) {
        String name =
            score.voices().get(staves.get(i).voice()).name().replaceAll("[\"%\\\\\\p{Cntrl}]", " ");
        text.append("V:").append(i + 1);
        text.append(name.isBlank() ? "" : " name=\"" + name.strip() + "\"").append('\n');
      }
    }
    text.append("K:").append(firstKey()).append('\n');
    for (int i = 0; i < staves.size(); i++) {
      text.append(staves.size() > 1 ? "V:" + (i + 1) + "\n" : "");
      staff(staves.get(i), i == 0, text);
    }
    return text.toString();
  }

  private Key firstKey() {
    return score.keyAt(0).orElseGet(() -> KeyFinder.key(score));
  }

  private void staff(Staff staff, boolean withChords, StringBuilder text) {
    Spelling spelling = new Spelling(firstKey());
    Metre metre = score.metreAt(0);
    int last = Math.max(1, bars.size() - 1);
    for (int i = 0; i < last; i++) {
      int from = i == 0 ? begin : bars.get(i);
      int to = i + 1 < bars.size() ? Math.min(bars.get(i + 1), score.length()) : score.length();
      if (!score.metreAt(from).equals(metre)) {
        metre = score.metreAt(from);
        text.append("[M:").append(metre).append(']');
      }
      spelling.barLine();
      text.append(bar(staff, from, to, withChords, spelling));
      boolean cut = i > 0 && to - from < metre.bar(); // where the metre changes too early
      text.append(
          i + 1 == last ? "|]\n" : (cut ? "||" : "|") + ((i + 1) % BARS_A_LINE == 0 ? "\n" : ""));
    }
  }

  /** A stretch of a staff without a change in it. */
  private record Span(int start, int end, List<Integer> pitches, boolean tied) {
    int length() {
      return end - start;
    }
  }

  private String bar(Staff staff, int from, int to, boolean withChords, Spelling spelling) {
    List<Span> spans = spans(staff, from, to, withChords);
    StringBuilder text = new StringBuilder();
    int next = 0;
    for (Lengths.Tuplet tuplet : Lengths.tuplets(spans.stream().map(Span::length).toList())) {
      for (int i = 0; i < tuplet.count(); i++) {
        Span span = spans.get(next++);
        text.append(signs(span.start(), withChords, spelling));
        text.append(i == 0 ? tuplet.sign() : "");
        text.append(sound(span, spelling, Lengths.write(tuplet.written(span.length()))));
      }
    }
    return text.toString();
  }

  /** The change of key and the chord symbol that stand at a time, in ticks. */
  private String signs(int time, boolean withChords, Spelling spelling) {
    StringBuilder text = new StringBuilder();
    for (Change<Key> key : score.keys()) {
      if (key.time() == time && time > 0) {
        text.append("[K:").append(key.value()).append(']');
        spelling.change(key.value());
      }
    }
    for (Change<String> chord : withChords ? score.chords() : List.<Change<String>>of()) {
      if (chord.time() == time) {
        text.append('"').append(chord.value().replaceAll("[\"\\p{Cntrl}%\\\\]", "")).append('"');
      }
    }
    return text.toString();
  }

  private List<Span> spans(Staff staff, int from, int to, boolean withChords) {
    TreeSet<Integer> cuts = new TreeSet<>(List.of(from, to));
    score.keys().forEach(key -> cuts.add(key.time()));
    if (withChords) {
      score.chords().forEach(chord -> cuts.add(chord.time()));
    }
    List<Staff.Chord> here =
        staff.chords().stream().filter(c -> c.start() < to && c.end() > from).toList();
    here.forEach(
        chord -> {
          cuts.add(chord.start());
          cuts.add(chord.end());
        });
    List<Integer> places = cuts.stream().filter(cut -> cut >= from && cut <= to).toList();
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i + 1 < places.size(); i++) {
      int start = places.get(i);
      int end = places.get(i + 1);
      Staff.Chord sounding =
          here.stream().filter(c -> c.start() <= start && c.end() >= end).findFirst().orElse(null);
      spans.add(
          sounding == null
              ? new Span(start, end, List.of(), false)
              : new Span(start, end, sounding.pitches(), sounding.end() > end));
    }
    return spans;
  }

  private static String sound(Span span, Spelling spelling, String length) {
    if (span.pitches().isEmpty()) {
      return "z" + length;
    }
    String notes = span.pitches().stream().map(spelling::write).collect(Collectors.joining());
    String written = span.pitches().size() > 1 ? "[" + notes + "]" : notes;
    return written + length + (span.tied() ? "-" : "");
  }
}
