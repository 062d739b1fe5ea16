package dev.unroll.data;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written whole or not at all: into an {@link UnfinishedFile} beside it, which takes
 * its name in one move once all is written and on the disk. A reader thus sees the old file or the
 * new one, and never a half of either, also after a power cut.
 *
 * <pre>{@code
 * try (AtomicFile file = AtomicFile.create(path)) {
 *   file.out().write(bytes);
 *   file.commit();
 * }
 * }</pre>
 */
public final class AtomicFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** Windows renames no open file; elsewhere it stays locked until it has its name. */
  private static final boolean CLOSED_TO_MOVE = File.separatorChar == '\\';

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  private final OutputTarget target;
  private final UnfinishedFile unfinished; // null for a stream
  private final OutputStream out;

  private AtomicFile(OutputTarget target) {
    this.target = target;
    try {
      unfinished = target.stream() ? null : UnfinishedFile.beside(target.file());
      OutputStream raw =
          unfinished != null
              ? unfinished.stream()
              : Files.newOutputStream(
                  target.file(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      out = new BufferedOutputStream(raw, BUFFER);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Begins a file; nothing is to be seen of it at {@code target} before {@link #commit()}.
   *
   * @throws UserError if {@code target} is no plain file, or cannot be written
   */
  public static AtomicFile create(Path target) {
    return new AtomicFile(OutputTarget.ofFile(target));
  }

  /**
   * The same, but a pipe or a character device, such as {@code /dev/stdout}, is written to as it
   * is.
   */
  public static AtomicFile createOrOpen(Path target) {
    return new AtomicFile(OutputTarget.of(target));
  }

  /**
   * Writes a whole file, or to a pipe or a character device.
   *
   * @throws UserError if it cannot be written
   */
  public static void write(Path target, Content content) {
    try (AtomicFile file = createOrOpen(target)) {
      content.writeTo(file.out());
      file.commit();
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Writes a whole file of UTF-8 text, or to a pipe or a character device. */
  public static void write(Path target, CharSequence text) {
    write(target, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Finds out before long work whether a plain file can be written to {@code target}.
   *
   * @throws UserError if it cannot
   */
  public static void check(Path target) {
    try (AtomicFile probe = create(target)) {
      probe.out.write(new byte[4096]);
      probe.out.flush();
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /**
   * Finds out before long work whether the disk of {@code target} has room.
   *
   * @param bytes expected size of all that will be written there, beyond what is there now
   * @throws UserError if it has not
   */
  public static void checkRoom(Path target, long bytes) {
    try {
      Path folder = OutputTarget.of(target).file().toAbsolutePath().getParent();
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < bytes) {
        throw UserError.failed(
            "%s: the disk has %d MB left and about %d MB are needed; free some space"
                .formatted(target, free >> 20, (bytes >> 20) + 1),
            null);
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Where to write; closing it only flushes. */
  public OutputStream out() {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        out.flush();
      }
    };
  }

  /**
   * Brings all to the disk and gives it its name.
   *
   * @throws UserError if that fails; what was there before then stays
   */
  public void commit() {
    try {
      out.flush();
      if (unfinished == null) {
        return;
      }
      unfinished.stream().getFD().sync();
      if (CLOSED_TO_MOVE) {
        out.close();
      }
      Files.move(unfinished.path(), target.file(), StandardCopyOption.ATOMIC_MOVE);
      syncFolder();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Else a power cut may undo the move; Windows opens no folders and needs no such thing. */
  private void syncFolder() {
    try (FileChannel folder = FileChannel.open(unfinished.path().getParent())) {
      folder.force(true);
    } catch (IOException e) {
      // The file is whole under one name or the other.
    }
  }

  /** Drops what was not committed. */
  @Override
  public void close() {
    try {
      if (unfinished == null) {
        out.close();
      } else {
        unfinished.close(); // and not the buffer, which a full disk would refuse again
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** What to throw where {@link #out()} failed. */
  public UserError failure(IOException e) {
    return target.failure(e);
  }

  static UserError unwritable(Path target, IOException e) {
    return UserError.failed(
        "%s: cannot be written (%s); check the folder, its permissions and the free space"
            .formatted(target, reason(e)),
        e);
  }

  /** Without the name of the file beside, which no user has given. */
  private static String reason(IOException e) {
    if (e instanceof FileSystemException failure) {
      String reason = failure.getReason();
      return reason == null ? failure.getClass().getSimpleName() : reason;
    }
    String message = String.valueOf(e.getMessage());
    return e instanceof FileNotFoundException
        ? message.replaceFirst("(?s)^.* \\((.*)\\)$", "$1")
        : message;
  }
}
