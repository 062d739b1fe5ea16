package dev.unroll.data;

import com.google.gson.GsonBuilder;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a {@link ModelFile} as an {@link AtomicFile}: a reader sees the old file or the new one,
 * and never a half of either. The bytes depend on nothing but what is written: no clock, no host,
 * no user.
 */
public final class ModelFileWriter implements AutoCloseable {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final String task;
  private final AtomicFile file;
  private final ZipOutputStream zip;
  private final Map<String, String> sha256 = new TreeMap<>();
  private final Map<String, String> crc32c = new TreeMap<>();

  /**
   * Begins a model file; nothing is to be seen of it at {@code target} before {@link #commit()}.
   *
   * @throws UserError if the target cannot be written
   */
  public ModelFileWriter(Path target, String task) {
    this.task = task;
    this.file = AtomicFile.create(target);
    this.zip = new ZipOutputStream(file.out());
    zip.setLevel(Deflater.DEFAULT_COMPRESSION);
  }

  /**
   * Finds out before a long training whether its model can be written: the directory is there and
   * writable, and has room.
   *
   * @param bytes expected size of what will be written
   * @throws UserError if it cannot
   */
  public static void check(Path target, long bytes) {
    AtomicFile.check(target);
    AtomicFile.checkRoom(target, bytes);
  }

  /** Adds an entry; numbers that do not compress are stored as they are. */
  public void binary(String name, AtomicFile.Content content) {
    zip.setLevel(Deflater.NO_COMPRESSION);
    add(name, content);
    zip.setLevel(Deflater.DEFAULT_COMPRESSION);
  }

  /** Adds an entry of UTF-8 text. */
  public void text(String name, String content) {
    add(name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Adds an entry of UTF-8 text that {@code content} appends, such as the words of a vocabulary.
   */
  public void text(String name, Consumer<StringBuilder> content) {
    StringBuilder text = new StringBuilder();
    content.accept(text);
    text(name, text.toString());
  }

  /** Adds an entry of properties, in the order of the map. */
  public void properties(String name, Map<String, String> content) {
    StringBuilder lines = new StringBuilder();
    content.forEach(
        (key, value) -> lines.append(key).append('=').append(escape(value)).append('\n'));
    text(name, lines.toString());
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  /** Adds an entry of JSON. */
  public void json(String name, Object content) {
    text(
        name, new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(content));
  }

  private void add(String name, AtomicFile.Content content) {
    MessageDigest digest = Sha256.create();
    CRC32C sum = new CRC32C();
    try {
      ZipEntry entry = new ZipEntry(name);
      entry.setTimeLocal(NO_TIME);
      zip.putNextEntry(entry);
      // The entry stays open for the zip: its writer may flush, but not close.
      OutputStream kept =
          new FilterOutputStream(zip) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
              out.write(bytes, from, length);
            }

            @Override
            public void close() {}
          };
      try (OutputStream out =
          new BufferedOutputStream(
              new CheckedOutputStream(new DigestOutputStream(kept, digest), sum), 1 << 16)) {
        content.writeTo(out);
      }
      zip.closeEntry();
    } catch (IOException e) {
      throw file.failure(e);
    }
    sha256.put(name, Sha256.hex(digest));
    crc32c.put(name, Checksums.hex(sum));
  }

  /** Finishes the file and moves it to where it belongs. */
  public void commit() {
    json(
        Manifest.ENTRY,
        new Manifest(
            ModelFile.FORMAT,
            task,
            Version.current(),
            new TreeMap<>(sha256),
            new TreeMap<>(crc32c)));
    try {
      zip.close();
    } catch (IOException e) {
      throw file.failure(e);
    }
    file.commit();
  }

  /** Drops what was not committed. */
  @Override
  public void close() {
    file.close();
  }
}
