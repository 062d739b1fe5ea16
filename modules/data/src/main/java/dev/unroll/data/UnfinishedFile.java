package dev.unroll.data;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A file that is being written beside the one it will replace, under a name that nobody else gives:
 * {@code m.zip.unroll-0123456789ab.part}. It is locked while it is written, so whoever writes the
 * same file next knows what a killed process has left, and removes that and nothing else.
 */
final class UnfinishedFile implements AutoCloseable {
  private static final int ATTEMPTS = 100;
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * One name for all that this process writes to one place in turn: the platform remembers for ever
   * which names it shall delete when it ends.
   */
  private static final String PROCESS = token();

  /** What this process writes now. Locks alone do not tell, for a process has its own always. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileOutputStream stream;

  private UnfinishedFile(Path path, FileOutputStream stream) {
    this.path = path;
    this.stream = stream;
  }

  /** Makes one beside {@code file}, and removes those that were left there. */
  static UnfinishedFile beside(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent().toRealPath();
    String name = file.getFileName().toString();
    removeLeft(folder, name);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path path = folder.resolve(name(name, attempt == 0 ? PROCESS : token()));
      if (OPEN.add(path)) {
        UnfinishedFile made = open(path);
        if (made != null) {
          return made;
        }
        OPEN.remove(path);
      }
    }
    throw new IOException("another process removes what is written beside it");
  }

  private static String name(String target, String token) {
    return target + ".unroll-" + token + ".part";
  }

  private static String token() {
    return String.format("%012x", RANDOM.nextLong() >>> 16);
  }

  /** Null if another process took it, not yet locked, for one that was left. */
  private static UnfinishedFile open(Path path) throws IOException {
    FileOutputStream stream = null;
    try {
      path.toFile().deleteOnExit();
      stream = new FileOutputStream(path.toFile(), true);
      if (lock(stream) && Files.exists(path)) {
        return new UnfinishedFile(path, stream);
      }
    } catch (IOException e) {
      OPEN.remove(path);
      throw e;
    }
    stream.close();
    return null;
  }

  /** The lock lasts until the stream is closed. */
  private static boolean lock(FileOutputStream stream) {
    try {
      return stream.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // A file system without locks, where nothing that was left is removed either.
    }
  }

  private static void removeLeft(Path folder, String target) {
    Pattern names = Pattern.compile(Pattern.quote(target) + "\\.unroll-[0-9a-f]{12}\\.part");
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            folder, path -> names.matcher(path.getFileName().toString()).matches())) {
      for (Path path : left) {
        if (!OPEN.contains(path) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          removeUnlessLocked(path);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that can be written and not listed: what was left stays.
    }
  }

  private static void removeUnlessLocked(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | OverlappingFileLockException e) {
      // It cannot be told whether it was left, so it stays.
    }
  }

  Path path() {
    return path;
  }

  FileOutputStream stream() {
    return stream;
  }

  /** Removes it, unless it has been moved away. */
  @Override
  public void close() throws IOException {
    try {
      stream.close();
      Files.deleteIfExists(path);
    } finally {
      OPEN.remove(path);
    }
  }
}
