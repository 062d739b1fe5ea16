package dev.unroll.data;

import com.google.gson.GsonBuilder;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a {@link ModelFile}: into a file beside the target, which replaces the target in one move
 * once all is written and on the disk. A reader thus sees the old file or the new one, and never a
 * half of either. The bytes depend on nothing but what is written: no clock, no host, no user.
 */
public final class ModelFileWriter implements AutoCloseable {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** Writes the content of an entry. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path target;
  private final Path unfinished;
  private final String task;
  private final FileOutputStream file;
  private final ZipOutputStream zip;
  private final Map<String, String> sha256 = new TreeMap<>();

  /**
   * Begins a model file; nothing is to be seen of it at {@code target} before {@link #commit()}.
   *
   * @throws UserError if the target cannot be written
   */
  public ModelFileWriter(Path target, String task) {
    this.target = target;
    this.unfinished = unfinished(target);
    this.task = task;
    try {
      this.file = new FileOutputStream(unfinished.toFile());
    } catch (IOException e) {
      throw unwritable(target, e);
    }
    this.zip = new ZipOutputStream(new BufferedOutputStream(file, 1 << 16));
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
    if (Files.isDirectory(target)) {
      throw UserError.data(target, "is a directory; --model must name a file");
    }
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw UserError.data(target, "the directory does not exist; create it first: " + directory);
    }
    Path probe = unfinished(target);
    try {
      Files.write(probe, new byte[4096]);
      long free = Files.getFileStore(directory).getUsableSpace();
      if (free < bytes) {
        throw UserError.failed(
            "%s: the disk has %d MB left and the training needs about %d MB; free some space"
                .formatted(target, free >> 20, (bytes >> 20) + 1),
            null);
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    } finally {
      probe.toFile().delete();
    }
  }

  private static Path unfinished(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private static UserError unwritable(Path target, IOException e) {
    return UserError.failed(
        target + ": cannot be written (" + e.getMessage() + "); choose another place", e);
  }

  /** Adds an entry; numbers that do not compress are stored as they are. */
  public void binary(String name, Content content) {
    zip.setLevel(Deflater.NO_COMPRESSION);
    add(name, content);
    zip.setLevel(Deflater.DEFAULT_COMPRESSION);
  }

  /** Adds an entry of UTF-8 text. */
  public void text(String name, String content) {
    add(name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
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

  private void add(String name, Content content) {
    MessageDigest digest = Sha256.create();
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
          new BufferedOutputStream(new DigestOutputStream(kept, digest), 1 << 16)) {
        content.writeTo(out);
      }
      zip.closeEntry();
    } catch (IOException e) {
      throw unwritable(target, e);
    }
    sha256.put(name, Sha256.hex(digest));
  }

  /** Finishes the file and moves it to where it belongs. */
  public void commit() {
    json(
        ModelFile.MANIFEST,
        new ModelFile.Manifest(ModelFile.FORMAT, task, Version.current(), new TreeMap<>(sha256)));
    try {
      zip.finish();
      zip.flush();
      file.getFD().sync();
      zip.close();
      move();
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private void move() throws IOException {
    try {
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Drops what was not committed. */
  @Override
  public void close() {
    try {
      file.close();
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }
}
