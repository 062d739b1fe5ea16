package dev.unroll.data;

import static dev.unroll.data.UserError.setting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file beside a model from which a stopped training goes on: a {@link ModelFile}, so that it is
 * there whole or not at all, and any damage is found before a byte of it is used. What it holds is
 * the task's; this class keeps beside it the settings and the digests of the data, and refuses a
 * run with others, as its result would be neither the one nor the other.
 */
public final class CheckpointFile {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);
  static final String TASK = "checkpoint";
  private static final String FINGERPRINT = "fingerprint.properties";
  private static final String REMEDY =
      "; without " + setting("resume") + " the training begins anew";

  /** Stands in messages for a setting that one of the runs does not have. */
  private static final String NONE = "none";

  /** Work that may be lost without asking: whoever mistypes an option wants to begin anew. */
  private static final Duration LITTLE = Duration.ofMinutes(1);

  private final Path path;
  private final boolean resume;

  /**
   * How much a checkpoint holds.
   *
   * @param epoch the one under way, from 1
   * @param elapsed time that the training took until it was written
   */
  public record Work(int epoch, Duration elapsed) {}

  /** Reads how much work a checkpoint holds. */
  @FunctionalInterface
  public interface WorkReader {
    /**
     * Reads it.
     *
     * @throws IOException if an entry ends early
     */
    Work readFrom(ModelFile file) throws IOException;
  }

  /** Puts a training back where the checkpoint says. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads the task's entries.
     *
     * @throws IOException if one does not hold what it must; the message says what is wrong
     */
    void readFrom(ModelFile file) throws IOException;
  }

  /**
   * The checkpoint of the training that makes {@code model}; warns if there is none to go on from,
   * or one that will be replaced.
   *
   * @param resume whether to go on from it if it exists
   * @param work is asked before it is replaced
   * @throws UserError if another training keeps it; if there is only the finished model to go on
   *     from; if it is not to be gone on from and holds more than a minute's work
   */
  public CheckpointFile(Path model, boolean resume, WorkReader work) {
    this.path = ModelFile.checkpoint(model);
    this.resume = resume;
    lock().close();
    if (!resume && Files.exists(path)) {
      refuseToLose(work);
    }
    if (resume && !Files.exists(path)) {
      if (Files.exists(model)) {
        throw UserError.usage(
            "nothing to resume: %s is finished; train anew without %s"
                .formatted(model, setting("resume")));
      }
      LOG.warn("no checkpoint {}; starting from scratch", path);
    } else if (!resume && Files.exists(path)) {
      LOG.warn("the checkpoint of an unfinished training is replaced: {}", path);
    }
  }

  private void refuseToLose(WorkReader reader) {
    Work work;
    try (ModelFile file = ModelFile.open(path, TASK)) {
      work = reader.readFrom(file);
    } catch (IOException | UserError e) {
      throw UserError.data(path, "is there and cannot be read; delete it to begin anew", e);
    }
    if (work.elapsed().compareTo(LITTLE) > 0) {
      throw UserError.usage(
          "%s holds %d min of a training that did not end (epoch %d); go on with %s, or delete it to begin anew"
              .formatted(path, work.elapsed().toMinutes(), work.epoch(), setting("resume")));
    }
  }

  /** Keeps all others from this checkpoint, until it is closed. */
  public CheckpointLock lock() {
    return CheckpointLock.acquire(path);
  }

  /** Where the file lies. */
  public Path path() {
    return path;
  }

  /** Whether there is something to go on from. */
  public boolean resumes() {
    return resume && Files.exists(path);
  }

  /**
   * Replaces the file in one move, once the new one is on the disk.
   *
   * @param fingerprint settings and digests of the data, by name
   * @param content adds the task's entries
   * @throws UserError if it cannot be written
   */
  public void write(Map<String, String> fingerprint, Consumer<ModelFileWriter> content) {
    try (ModelFileWriter file = new ModelFileWriter(path, TASK)) {
      file.properties(FINGERPRINT, new TreeMap<>(fingerprint));
      content.accept(file);
      file.commit();
    }
  }

  /**
   * Puts everything back as it was written, if there is something to go on from.
   *
   * @param fingerprint of this run
   * @param free names of the fingerprint that may differ
   * @return whether there was
   * @throws UserError if the file is damaged, or is that of another run: it then names what differs
   */
  public boolean read(Map<String, String> fingerprint, Set<String> free, Reader content) {
    if (!resumes()) {
      return false;
    }
    try (ModelFile file = open()) {
      compare(file.properties(FINGERPRINT), fingerprint, free);
      content.readFrom(file);
      return true;
    } catch (IOException e) {
      throw UserError.data(path, "damaged: " + e.getMessage() + REMEDY, e);
    }
  }

  private ModelFile open() {
    try {
      return ModelFile.open(path, TASK);
    } catch (UserError e) {
      throw e.advising(REMEDY);
    }
  }

  private void compare(Map<String, String> written, Map<String, String> ours, Set<String> free) {
    Set<String> keys = new TreeSet<>(ours.keySet());
    keys.addAll(written.keySet());
    keys.removeAll(free);
    // Settings first: a digest that differs may follow from one of them, and says less.
    List<String> order = new ArrayList<>(keys);
    order.sort(Comparator.comparing((String key) -> key.endsWith(".sha256")));
    for (String key : order) {
      String now = ours.getOrDefault(key, NONE);
      String then = written.getOrDefault(key, NONE);
      if (!now.equals(then)) {
        throw UserError.data(
            path,
            "was made with %s = %s, this run has %s; use the same, or train anew without %s"
                .formatted(key, then, now, setting("resume")));
      }
    }
  }

  /** Removes the file, once the model it was for is written. */
  public void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("the checkpoint {} could not be removed: {}", path, e.getMessage());
    }
  }
}
