package dev.unroll.music;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece as a page shows and plays it.
 *
 * @param name of the piece
 * @param notes from first to last
 * @param bars where bars begin, in seconds
 * @param seconds how long it lasts
 * @param natsPerStep how surprised the model is
 * @param abc the piece as sheet music in ABC
 * @param nearest the training part that is most like it
 */
public record Explanation(
    String name,
    List<Sounding> notes,
    List<Double> bars,
    double seconds,
    double natsPerStep,
    String abc,
    Optional<Likeness> nearest) {
  /**
   * A note.
   *
   * @param voice who plays it
   * @param pitch as MIDI counts
   * @param start in seconds
   * @param end in seconds
   * @param nats how surprising it is: {@code -ln p} of it, and of its length where that is said;
   *     the mean over its steps in a roll; negative where the notation does not tell
   */
  public record Sounding(int voice, int pitch, double start, double end, double nats) {}

  /**
   * The stretch that it shares with the training part.
   *
   * @param piece of the training part
   * @param notes of the stretch
   * @param of notes of the melody
   * @param start of the stretch in seconds
   * @param end of the stretch in seconds
   */
  public record Likeness(String piece, int notes, int of, double start, double end) {}

  /** As the page's script reads it. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("notes", notes);
    map.put("bars", bars);
    map.put("seconds", seconds);
    map.put("natsPerStep", natsPerStep);
    map.put("abc", abc);
    nearest.ifPresent(near -> map.put("nearest", near));
    return map;
  }
}
