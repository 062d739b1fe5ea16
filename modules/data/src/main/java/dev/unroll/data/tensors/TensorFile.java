package dev.unroll.data.tensors;

import dev.unroll.data.UserError;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A file of named arrays, which are read when they are asked for: safetensors, or an archive of
 * NumPy ({@code .npz}). Of numbers these are read: floats of 64, 32 and 16 bits, and bfloat16. Not
 * for several threads at a time.
 */
public abstract class TensorFile implements AutoCloseable {
  private static final int MOST_SHOWN = 8;

  private final Path path;

  TensorFile(Path path) {
    this.path = path;
  }

  /**
   * Opens a file, whose first bytes tell what it is.
   *
   * @throws UserError if it is missing, damaged, or neither
   */
  public static TensorFile open(Path path) {
    byte[] first;
    try (InputStream in = Files.newInputStream(path)) {
      first = in.readNBytes(2);
    } catch (IOException e) {
      throw UserError.data(path, "cannot be read: " + e.getMessage(), e);
    }
    return first.length == 2 && first[0] == 'P' && first[1] == 'K'
        ? new NumpyArchive(path)
        : new SafetensorsFile(path);
  }

  /** The names of the arrays, in alphabetical order. */
  public abstract Set<String> names();

  /**
   * Reads an array.
   *
   * @throws UserError if there is none of that name, it is damaged, or its numbers are of a kind
   *     that is not read
   */
  public final Tensor read(String name) {
    if (!names().contains(name)) {
      List<String> some = names().stream().limit(MOST_SHOWN).toList();
      throw UserError.data(
          path,
          "no array '%s' in it; there are %d: %s%s"
              .formatted(name, names().size(), some, names().size() > some.size() ? " …" : ""));
    }
    try {
      return load(name);
    } catch (IOException | ArithmeticException e) {
      throw damaged("array '%s': %s".formatted(name, e.getMessage()));
    }
  }

  abstract Tensor load(String name) throws IOException;

  /** The bytes of as many numbers as a shape has. */
  static int bytes(List<Integer> shape, ElementType type) {
    int count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return Math.multiplyExact(count, type.size());
  }

  UserError damaged(String what) {
    return UserError.data(path, "damaged: " + what);
  }

  UserError refused(String name, String kind) {
    return UserError.data(
        path, "array '%s' is of %s; floats are read, so save it as such".formatted(name, kind));
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  /** What is open until this is closed. */
  abstract Closeable opened();

  @Override
  public final void close() {
    try {
      opened().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
