package dev.unroll.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.unroll.cli.trials.Trial;
import dev.unroll.cli.trials.TrialResult;
import dev.unroll.cli.trials.TrialTable;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.ModelFile;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What trials leave on the disk, so that they can be stopped and started again: {@code m.trials}
 * beside the model {@code m.zip}.
 *
 * <pre>
 *   trials.json            what all trials share: arguments, and digests of the files they name
 *   NAME.trial.json        the result of a trial that is done
 *   NAME.zip               its model, while it may yet be the best of its settings
 *   NAME.zip.checkpoint    of a trial that is under way, or was when it was stopped
 * </pre>
 */
final class TrialFolder {
  private static final String ENDING = "(\\.zip)?$";
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private final Path folder;
  private final boolean keepAll;
  private final Map<Trial, TrialResult> done = new LinkedHashMap<>();

  /**
   * Opens the folder, and makes it if there is none.
   *
   * @param shared what all trials share, by name
   * @param keepAll whether models stay that are not the best of their settings
   * @throws UserError if the folder holds trials that shared something else
   */
  TrialFolder(Path model, Map<String, String> shared, boolean keepAll) {
    this.folder = of(model);
    this.keepAll = keepAll;
    Path identity = folder.resolve("trials.json");
    try {
      Files.createDirectories(folder);
      if (Files.exists(identity) && holdsWork()) {
        checkSame(identity, shared);
      } else {
        AtomicFile.write(identity, GSON.toJson(shared) + "\n");
      }
    } catch (IOException e) {
      throw UserError.failed(folder + ": cannot be made or read: " + e.getMessage(), e);
    }
  }

  private boolean holdsWork() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().matches(".*\\.(trial\\.json|checkpoint|zip)"));
    }
  }

  /** The folder of the trials whose best model is to be {@code model}. */
  static Path of(Path model) {
    String name = model.getFileName().toString().replaceFirst(ENDING, ".trials");
    return model.resolveSibling(name);
  }

  private void checkSame(Path identity, Map<String, String> shared) throws IOException {
    Map<String, String> before;
    try {
      before = GSON.fromJson(Files.readString(identity), new TypeToken<>() {});
    } catch (JsonParseException e) {
      before = null;
    }
    if (before == null) {
      throw UserError.data(identity, "is damaged; delete the folder to begin anew");
    }
    Trial.checkShared(folder, before, shared);
  }

  /** Where the model of a trial is written. */
  Path model(Trial trial) {
    return folder.resolve(trial.fileName() + ".zip");
  }

  private Path result(Trial trial) {
    return folder.resolve(trial.fileName() + ".trial.json");
  }

  /** Makes a trial that is to begin find nothing of one that was done. */
  void begin(Trial trial) {
    if (!Files.exists(ModelFile.checkpoint(model(trial)))) {
      delete(model(trial)); // written, but not its result
    }
  }

  /** What a trial of an earlier run came to; empty if it is still to be done. */
  synchronized Optional<TrialResult> done(Trial trial) {
    Optional<TrialResult> result =
        read(result(trial)).filter(r -> r.trial().equals(trial) && !r.isFailed());
    result.ifPresent(r -> done.put(trial, r));
    return result;
  }

  private static Optional<TrialResult> read(Path file) {
    try {
      return Files.exists(file) ? TrialResult.ofJson(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw UserError.data(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Keeps what a trial came to; of models of the same settings the best. */
  synchronized void keep(TrialResult result) {
    if (result.isFailed()) {
      return; // to be tried again
    }
    AtomicFile.write(result(result.trial()), result.toJson());
    done.put(result.trial(), result);
    if (!keepAll) {
      Map<String, String> settings = result.trial().settings();
      Trial best = table().best(settings).orElseThrow().trial();
      done.keySet().stream()
          .filter(trial -> trial.settings().equals(settings) && !trial.equals(best))
          .forEach(trial -> delete(model(trial)));
    }
  }

  /** The best trial of some settings whose model is gone; it has to be done again. */
  synchronized Optional<Trial> missing(Map<String, String> settings) {
    return table()
        .best(settings)
        .map(TrialResult::trial)
        .filter(trial -> !Files.exists(model(trial)));
  }

  /** Has a trial done again. */
  synchronized void forget(Trial trial) {
    done.remove(trial);
    delete(result(trial));
  }

  private TrialTable table() {
    return new TrialTable(done.values().stream().toList());
  }

  /** Writes the model of a trial where it is wanted. */
  void copy(Trial trial, Path target) {
    AtomicFile.write(target, out -> Files.copy(model(trial), out));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw UserError.failed(file + ": cannot be deleted: " + e.getMessage(), e);
    }
  }
}
