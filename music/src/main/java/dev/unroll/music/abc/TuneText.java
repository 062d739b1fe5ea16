package dev.unroll.music.abc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of a tune as a language model reads it: the fields R, M, L and K, in this order, and the
 * lines of music as they were written. Left out is what is no music: titles, sources, remarks,
 * words, names of parts.
 */
public final class TuneText {
  private static final String KEPT = "MLKV";

  private TuneText() {}

  /**
   * The text of the lines of one tune.
   *
   * @param lines from {@code X:} on
   */
  public static String of(List<String> lines) {
    String[] head = new String[4];
    List<String> body = new ArrayList<>();
    boolean inBody = false;
    for (String line : lines) {
      String text = line.startsWith("%") ? "" : line.replaceAll("(?<!\\\\)%.*", "").stripTrailing();
      boolean field = text.matches("[A-Za-z]:.*");
      char name = field ? text.charAt(0) : ' ';
      if (!inBody && field) {
        int place = "RMLK".indexOf(name);
        if (place >= 0) {
          head[place] = name + ":" + text.substring(2).strip();
        }
        inBody = name == 'K';
      } else if (!text.isBlank() && (!field || KEPT.indexOf(name) >= 0)) {
        body.add(field ? name + ":" + text.substring(2).strip() : text.strip());
      }
    }
    List<String> all = new ArrayList<>();
    for (String field : head) {
      if (field != null) {
        all.add(
            field.startsWith("R:") ? field.toLowerCase(Locale.ROOT).replace("r:", "R:") : field);
      }
    }
    all.addAll(body);
    return String.join("\n", all);
  }

  /** A tune that programs read, of such a text. */
  public static String tune(String text, String title) {
    return "X:1\nT:" + title.replaceAll("[\\p{Cntrl}%\\\\]+", " ").strip() + "\n" + text + "\n";
  }
}
