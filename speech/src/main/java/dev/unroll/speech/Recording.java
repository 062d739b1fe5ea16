package dev.unroll.speech;

import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import dev.unroll.sound.Sound;
import dev.unroll.sound.SoundReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where a recording is: a file, or an entry of a zip file. It is read when it is wanted, so that a
 * corpus may be larger than the memory.
 */
public final class Recording {
  /** Opens the bytes. */
  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  private final String name;
  private final String place;
  private final Source source;
  private String digest;

  private Recording(String name, String place, Source source) {
    this.name = name;
    this.place = place;
    this.source = source;
  }

  /** A file. */
  public static Recording of(Path file) {
    return named(file.toString(), () -> Files.newInputStream(file));
  }

  /** Bytes of a file that are in memory. */
  public static Recording of(String name, byte[] wav) {
    return named(name, () -> new ByteArrayInputStream(wav));
  }

  /** An entry of a zip file, which stays open. */
  static Recording of(Path file, ZipFile zip, ZipEntry entry) {
    return named(file.resolve(entry.getName()).toString(), () -> zip.getInputStream(entry));
  }

  private static Recording named(String name, Source source) {
    return new Recording(name, name, source);
  }

  /** The same, which was named at a place of a file, such as {@code train.tsv:12}. */
  Recording namedAt(String where) {
    return new Recording(name, where, source);
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  /** Where it was named, for messages about it and its text. */
  public String place() {
    return place;
  }

  /**
   * Reads it.
   *
   * @throws UserError if it cannot be read, or is no sound that is read
   */
  public Sound read() {
    byte[] bytes;
    try (InputStream in = source.open()) {
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw UserError.data(place, name + " cannot be read (" + e.getMessage() + ")", e);
    }
    digest = HexFormat.of().formatHex(Sha256.create().digest(bytes));
    String shown = place.equals(name) ? name : place + ": " + name;
    return SoundReader.read(new ByteArrayInputStream(bytes), shown);
  }

  /**
   * The digest of its bytes, by which a training tells whether it goes on with the same examples.
   */
  @Override
  public String toString() {
    if (digest == null) {
      read();
    }
    return digest;
  }
}
