package dev.unroll.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes that are too many for memory, in a file in the folder that {@code java.io.tmpdir} names. It
 * is gone when this is closed, or when the process ends, however it ends. Several threads may read
 * and write it. Failures are {@link UserError}s.
 */
public final class TemporaryFile implements AutoCloseable {
  private final String content;
  private final FileChannel file;
  private final Path folder;

  /**
   * An empty file.
   *
   * @param prefix of its name
   * @param content what it is to hold, for messages: {@code the encoded text}
   */
  public TemporaryFile(String prefix, String content) {
    this.content = content;
    try {
      Path path = Files.createTempFile(prefix, ".tmp");
      folder = path.getParent();
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw failure("cannot have a file", e);
    }
  }

  /**
   * Finds out beforehand whether so many bytes can be written.
   *
   * @throws UserError if the disk has no room for them
   */
  public void checkRoom(long bytes) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < bytes) {
        throw failure("has %,d bytes left, of %,d that are needed".formatted(free, bytes), null);
      }
    } catch (IOException e) {
      throw failure("does not say how much room it has", e);
    }
  }

  /** Writes all that remains in {@code bytes}. */
  public void write(ByteBuffer bytes, long position) {
    long end = position + bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes, end - bytes.remaining());
      }
    } catch (IOException e) {
      throw failure("cannot take %,d bytes or more, as are needed".formatted(end), e);
    }
  }

  /** Fills what remains of {@code bytes}. */
  public void read(ByteBuffer bytes, long position) {
    long end = position + bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, end - bytes.remaining()) < 0) {
          throw new EOFException("it is shorter than it was");
        }
      }
    } catch (IOException e) {
      throw failure("cannot be read", e);
    }
  }

  /** A stretch of what was written, mapped to be read. */
  public ByteBuffer map(long position, long length) {
    try {
      return file.map(MapMode.READ_ONLY, position, length);
    } catch (IOException e) {
      throw failure("cannot be mapped", e);
    }
  }

  private UserError failure(String what, IOException e) {
    return UserError.failed(
        "%s is kept in the temporary folder %s, which %s%s; free some space there, or name another folder with the Java option -Djava.io.tmpdir=FOLDER"
            .formatted(
                content,
                System.getProperty("java.io.tmpdir"),
                what,
                e == null ? "" : " (" + e.getMessage() + ")"),
        e);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failure("cannot close the file", e);
    }
  }
}
