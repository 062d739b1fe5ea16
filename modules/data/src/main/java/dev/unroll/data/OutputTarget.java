package dev.unroll.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What the path of an output leads to. A symbolic link is followed: what is replaced is the file it
 * points to, which need not be there yet, and the link stays.
 *
 * @param named the path as it was given
 * @param file where its links lead: a plain file, or one that can be made
 * @param stream whether {@code file} is a pipe, a character device or an open file of a process
 *     such as {@code /dev/stdout}: it has no content to be replaced, and can only be written to
 */
public record OutputTarget(Path named, Path file, boolean stream) {
  private static final int MOST_LINKS = 40; // as Linux has it

  /** The bits of a Unix mode that say what kind of file it is, and their values. */
  private static final int KIND = 0170000;

  private static final int PIPE = 0010000;
  private static final int CHARACTER_DEVICE = 0020000;

  /**
   * Follows the links of {@code named}.
   *
   * @throws UserError if it is a folder, a socket or a disk, or its own folder is not there
   */
  public static OutputTarget of(Path named) {
    try {
      Path file = named;
      for (int links = 0; Files.isSymbolicLink(file) && !isDescriptor(file); links++) {
        if (links == MOST_LINKS) {
          throw UserError.data(named, "symbolic links that lead in a circle; name a file");
        }
        file = file.resolveSibling(Files.readSymbolicLink(file));
      }
      boolean stream = isDescriptor(file) || isStream(named, file);
      Path folder = file.toAbsolutePath().getParent();
      if (!Files.isDirectory(folder)) {
        throw UserError.data(named, "the directory does not exist; create it first: " + folder);
      }
      return new OutputTarget(named, file, stream);
    } catch (IOException e) {
      throw AtomicFile.unwritable(named, e);
    }
  }

  /**
   * The same, for what is kept.
   *
   * @throws UserError also if it is a stream
   */
  public static OutputTarget ofFile(Path named) {
    OutputTarget target = of(named);
    if (target.stream) {
      throw UserError.data(named, "is a device or a pipe, which keeps nothing; name a file");
    }
    return target;
  }

  /** What to throw where writing failed. */
  public UserError failure(IOException e) {
    return AtomicFile.unwritable(named, e);
  }

  /** Its links name open files, and not places: {@code pipe:[4711]}, or a file since deleted. */
  private static boolean isDescriptor(Path file) {
    Path path = file.toAbsolutePath().normalize();
    return path.startsWith("/proc") || path.startsWith("/dev/fd");
  }

  private static boolean isStream(Path named, Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return false;
    }
    if (attributes.isDirectory()) {
      throw UserError.data(named, "is a directory; name a file");
    }
    if (!attributes.isOther()) {
      return false;
    }
    int kind = kind(file);
    if (kind != PIPE && kind != CHARACTER_DEVICE) {
      throw UserError.data(named, "is a disk or a socket, and no file; name a file");
    }
    return true;
  }

  private static int kind(Path file) throws IOException {
    try {
      return (Integer) Files.getAttribute(file, "unix:mode") & KIND;
    } catch (UnsupportedOperationException e) {
      return 0; // Windows
    }
  }
}
