package dev.unroll.data;

import static dev.unroll.data.UserError.setting;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two trainings from writing one checkpoint. The lock is the operating system's, on an empty
 * file beside the checkpoint: it ends with the process, however that ends; the file may then be
 * left over and means nothing.
 */
public final class CheckpointLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointLock.class);

  /**
   * What this process has locked. Closing any channel of a file gives up all locks that a process
   * has on it on some systems, so a second one must not even be opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private FileChannel channel;

  private CheckpointLock(Path path) {
    this.path = path;
  }

  /**
   * Locks {@code checkpoint} until {@link #close()}.
   *
   * @throws UserError if another training has locked it
   */
  static CheckpointLock acquire(Path checkpoint) {
    Path path = checkpoint.resolveSibling(checkpoint.getFileName() + ".lock");
    try {
      Path folder = path.toAbsolutePath().getParent().toRealPath();
      var lock = new CheckpointLock(folder.resolve(path.getFileName()));
      if (!HELD.add(lock.path)) {
        throw taken(checkpoint);
      }
      boolean locked = false;
      try {
        locked = lock.lock();
      } finally {
        if (!locked) {
          HELD.remove(lock.path);
        }
      }
      if (!locked) {
        throw taken(checkpoint);
      }
      return lock;
    } catch (IOException e) {
      throw UserError.failed(
          path + ": cannot be written (" + e.getMessage() + "); choose another place", e);
    }
  }

  private static UserError taken(Path checkpoint) {
    return UserError.failed(
        checkpoint
            + ": another training writes there; wait until it ends, or give another "
            + setting("model"),
        null);
  }

  /** False if another process has it. */
  private boolean lock() throws IOException {
    while (true) {
      createIfMissing();
      try {
        Object before = key();
        FileChannel opened = FileChannel.open(path, StandardOpenOption.WRITE);
        boolean free = tryLock(opened);
        // Who ends removes the file, and a lock on a removed file keeps nobody out.
        if (free && Objects.equals(before, key())) {
          channel = opened;
          return true;
        }
        opened.close();
        if (!free) {
          return false;
        }
      } catch (NoSuchFileException e) {
        LOG.debug("{} was removed by a training that just ended", path);
      }
    }
  }

  private void createIfMissing() throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} is left over, or another training's", path);
    }
  }

  private boolean tryLock(FileChannel opened) {
    try {
      return opened.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be locked ({}); see that no other training writes here", path, e.getMessage());
      return true;
    }
  }

  private Object key() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** Gives the lock up. */
  @Override
  public void close() {
    try {
      // While it is still locked: afterwards it may be another training's.
      if (Files.size(path) == 0) {
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.debug("{} is left over: {}", path, e.getMessage());
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("{} could not be unlocked: {}", path, e.getMessage());
    } finally {
      HELD.remove(path);
    }
  }
}
