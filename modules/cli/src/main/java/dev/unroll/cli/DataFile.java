package dev.unroll.cli;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a reader is given: the place that an option such as {@code --train} names, and how it is
 * written. Or a sample that comes with the program.
 */
public final class DataFile {
  private final String location;
  private final Class<?> task; // only of a sample
  private final FormatOptions format; // of anything else

  private DataFile(String location, Class<?> task, FormatOptions format) {
    this.location = location;
    this.task = task;
    this.format = format;
  }

  static DataFile at(String location, FormatOptions format) {
    return new DataFile(location, null, format);
  }

  /**
   * A sample that comes with the program, always UTF-8 and in a format that is recognised.
   *
   * @param task the class beside which the resource {@code sample/NAME} lies
   */
  public static DataFile sample(Class<?> task, String name) {
    return new DataFile(name, task, null);
  }

  /** Where to read: a file, a folder, standard input, or the sample. */
  public TextSource text() {
    return task == null ? source(location) : openSample();
  }

  /** The same, for a task that reads plain text and nothing else. */
  public TextSource plainText() {
    return task == null ? TextSource.of(location).withCharset(format.plainText()) : openSample();
  }

  /**
   * Files that belong together line by line, such as a text and its translation: the names are
   * separated by commas. A single place is a list of one.
   */
  public List<TextSource> parallel() {
    if (task != null || location.indexOf(',') < 0 || exists(location)) {
      return List.of(text());
    }
    List<String> places = List.of(location.split(",", -1));
    if (places.contains("")) {
      throw UserError.usage(
          "files that belong together are named with a comma between, got '" + location + "'");
    }
    return places.stream().map(this::source).toList();
  }

  /** The format that {@code --format} names; empty if it is to be recognised. */
  public <F extends Enum<F>> Optional<F> format(Class<F> formats) {
    return task == null ? format.format(formats) : Optional.empty();
  }

  private TextSource source(String place) {
    return TextSource.of(place).withCharset(format.charset());
  }

  private TextSource openSample() {
    String resource = "sample/" + location;
    InputStream in = task.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalArgumentException(resource + " is missing beside " + task);
    }
    return TextSource.of("the sample " + location, in);
  }

  static boolean exists(String location) {
    try {
      return Files.exists(Path.of(location));
    } catch (InvalidPathException e) {
      return false; // whoever opens it says so
    }
  }

  @Override
  public String toString() {
    return task == null ? location : "the sample " + location;
  }
}
