package dev.unroll.activity;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads {@link RecordingFormat#TS}. Header words may be in any case; of the header, only what tells
 * how to read the data is believed. Channels are parted by colons, values by commas, and {@code ?}
 * is a missing one; the label comes last.
 *
 * <pre>
 *   # comment, of any bytes
 *   &#64;timeStamps false
 *   &#64;classLabel true walking standing
 *   &#64;data
 *   0.1,0.2,?:5,5,6:walking          two channels of three steps
 * </pre>
 */
final class TsReader {
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF"; // as ISO 8859-1 reads it

  private final LineReader lines;
  private final Charset charset;
  private final String name;
  private final List<Recording> recordings = new ArrayList<>();
  private boolean labelled = true;
  private List<String> channels;

  private TsReader(LineReader lines, Charset charset, String name) {
    this.lines = lines;
    this.charset = charset;
    this.name = name;
  }

  /** The lines of a file in which comments may be of any bytes. */
  static LineReader open(TextSource source) {
    return source.withCharset(StandardCharsets.ISO_8859_1).open();
  }

  /** Whether a file that begins with this line is of this kind. */
  static boolean recognises(String line) {
    String text = withoutMark(line).strip();
    return text.startsWith("#") || text.startsWith("@");
  }

  /** All recordings; empty if there are none behind the header. */
  static List<Recording> read(LineReader lines, Charset charset, String name) {
    return new TsReader(lines, charset, name).read();
  }

  private static String withoutMark(String line) {
    return line.startsWith(BYTE_ORDER_MARK) ? line.substring(BYTE_ORDER_MARK.length()) : line;
  }

  private List<Recording> read() {
    boolean data = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      String text = withoutMark(line).strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      if (data) {
        recordings.add(recording(text));
      } else if (text.startsWith("@")) {
        data = header(text);
      } else {
        throw lines.error(
            "the header of a .ts file ends with @data; add that line before the data");
      }
    }
    if (!data) {
      throw UserError.data(name, "the header of a .ts file ends with @data; the file has none");
    }
    return recordings;
  }

  /** Whether the data begin behind this line. */
  private boolean header(String line) {
    String[] words = line.split("\\s+");
    String value = words.length > 1 ? words[1].toLowerCase(Locale.ROOT) : "";
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "@timestamps" -> {
        if (value.equals("true")) {
          throw lines.error(
              "values with time stamps are not read; write the file without, or as CSV with a"
                  + " column time");
        }
      }
      case "@classlabel" -> labelled = !value.equals("false");
      case "@targetlabel" -> {
        if (!value.equals("false")) {
          throw lines.error("activities have names; this file has numbers to predict");
        }
      }
      default -> {
        // What it says can be seen from the data, or does not matter here.
      }
    }
    return words[0].equalsIgnoreCase("@data");
  }

  private Recording recording(String line) {
    String[] parts = line.split(":", -1);
    int count = labelled ? parts.length - 1 : parts.length;
    if (count < 1) {
      throw lines.error("a recording is channels and a label, parted by colons; found no colon");
    }
    if (channels == null) {
      channels = Channels.numbered(count);
    } else if (channels.size() != count) {
      throw lines.error(
          "a recording of %d channels among such of %d; mend the line"
              .formatted(count, channels.size()));
    }
    float[][] values = null;
    for (int c = 0; c < count; c++) {
      String[] numbers = parts[c].split(",", -1);
      if (values == null) {
        values = new float[numbers.length][count];
      } else if (values.length != numbers.length) {
        throw lines.error(
            "channel %d has %d values and channel 1 has %d; all channels have one a step, ? for"
                    .formatted(c + 1, numbers.length, values.length)
                + " what is missing");
      }
      for (int t = 0; t < numbers.length; t++) {
        values[t][c] = Numbers.value(lines, numbers[t], "channel " + (c + 1));
      }
    }
    String label = labelled ? decoded(parts[count].strip()) : null;
    if (labelled && (label.isEmpty() || label.equals("?"))) {
      throw lines.error("the label behind the last colon is empty; add it");
    }
    String id = name + "#" + (recordings.size() + 1);
    return new Recording(id, label, null, channels, 0, withoutEmptyEnd(values));
  }

  /** Files of recordings of different lengths may be filled up with missing values. */
  private static float[][] withoutEmptyEnd(float[][] values) {
    int end = values.length;
    while (end > 0 && Numbers.allMissing(values[end - 1])) {
      end--;
    }
    return end == values.length ? values : Arrays.copyOf(values, end);
  }

  private String decoded(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      return charset.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw lines.error(
          "the label is not valid %s; give the file's %s"
              .formatted(charset.name(), setting("charset")));
    }
  }
}
