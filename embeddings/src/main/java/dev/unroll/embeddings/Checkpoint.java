package dev.unroll.embeddings;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A training that can go on: the weights, and which block of which epoch comes next. The file holds
 * a magic number, a fingerprint of text and settings, epoch, block, and the weights as big-endian
 * floats, rows padded as the kernel wants them; it is written beside its place and renamed.
 *
 * @param epoch from 0
 * @param block from 0
 */
record Checkpoint(int epoch, int block) {
  private static final long MAGIC = 0x756E726F6C6C7765L; // "unrollwe"
  private static final int HEADER = 2 * Long.BYTES + 4 * Integer.BYTES;
  private static final int BUFFER = 1 << 20;

  /** Writes weights and place. */
  void save(Path file, long fingerprint, Weights weights) {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(fingerprint);
      header.putInt(epoch).putInt(block);
      header.putInt(weights.input.length).putInt(weights.output.length);
      channel.write(header.flip());
      write(channel, weights.input);
      write(channel, weights.output);
    } catch (IOException e) {
      throw UserError.failed(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
    try {
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw UserError.failed(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Reads weights and place, if the file is there.
   *
   * @throws UserError if it is damaged or belongs to another text or other settings
   */
  static Optional<Checkpoint> load(Path file, long fingerprint, Weights weights) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      fill(channel, header);
      if (header.getLong() != MAGIC) {
        throw UserError.data(file, "is no checkpoint of embeddings; delete it or name another");
      }
      if (header.getLong() != fingerprint) {
        throw UserError.data(
            file,
            "belongs to another text or other settings; use those of the first run, or train"
                + " without --resume");
      }
      Checkpoint checkpoint = new Checkpoint(header.getInt(), header.getInt());
      if (header.getInt() != weights.input.length || header.getInt() != weights.output.length) {
        throw UserError.data(
            file, "was written on a machine with other vector units; train without --resume");
      }
      read(channel, weights.input);
      read(channel, weights.output);
      return Optional.of(checkpoint);
    } catch (IOException e) {
      throw UserError.data(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static void write(FileChannel channel, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    FloatBuffer floats = buffer.asFloatBuffer();
    for (int done = 0; done < values.length; ) {
      int n = Math.min(floats.capacity(), values.length - done);
      floats.clear().put(values, done, n);
      buffer.clear().limit(n * Float.BYTES);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      done += n;
    }
  }

  private static void read(FileChannel channel, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    for (int done = 0; done < values.length; ) {
      int n = Math.min(BUFFER / Float.BYTES, values.length - done);
      fill(channel, buffer.clear().limit(n * Float.BYTES));
      buffer.asFloatBuffer().get(values, done, n);
      done += n;
    }
  }

  private static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("it is cut off");
      }
    }
    buffer.flip();
  }
}
