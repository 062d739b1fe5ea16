package dev.unroll.spark;

import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A model's file in memory, as it travels to the executors.
 *
 * @param name of the file, without its folders
 * @param sha256 of the bytes
 */
record ModelBytes(String name, byte[] bytes, String sha256) {
  /** Most bytes of an array, with room for what the serialiser adds. */
  private static final long MOST = Integer.MAX_VALUE - (1 << 16);

  /**
   * Reads a file.
   *
   * @param path of any file system that Hadoop knows; without a scheme of its default one
   * @throws UserError if it cannot be read, or is too large
   */
  static ModelBytes read(String path, Configuration hadoop) {
    Path file = new Path(path);
    try {
      var files = file.getFileSystem(hadoop);
      long size = files.getFileStatus(file).getLen();
      if (size > MOST) {
        throw UserError.data(path, "has %,d bytes; at most %,d travel".formatted(size, MOST));
      }
      try (InputStream in = files.open(file)) {
        return of(file.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      throw UserError.data(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  static ModelBytes of(String name, byte[] bytes) {
    MessageDigest digest = Sha256.create();
    digest.update(bytes);
    return new ModelBytes(name, bytes, Sha256.hex(digest));
  }
}
