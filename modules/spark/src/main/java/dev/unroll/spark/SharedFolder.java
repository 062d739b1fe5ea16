package dev.unroll.spark;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.unroll.cli.trials.Trial;
import dev.unroll.cli.trials.TrialResult;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder that the driver and all executors see: the results of trials, and their models. The
 * files have the names that they have beside a model of the command line.
 */
final class SharedFolder {
  private static final String IDENTITY = "trials.json";

  private final Path folder;
  private final FileSystem files;

  /**
   * Opens the folder, and makes it if there is none.
   *
   * @throws UserError if it cannot be
   */
  SharedFolder(String path, Configuration hadoop) {
    this.folder = new Path(path);
    try {
      this.files = folder.getFileSystem(hadoop);
      files.mkdirs(folder);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private UserError failure(IOException e) {
    return UserError.failed(folder + ": cannot be read or written: " + e.getMessage(), e);
  }

  /**
   * Sees to it that the trials in the folder can be compared with those to come.
   *
   * @param shared what these share, by name
   */
  void check(Map<String, String> shared) {
    Optional<byte[]> before = read(IDENTITY);
    if (before.isEmpty()) {
      write(IDENTITY, new Gson().toJson(shared).getBytes(StandardCharsets.UTF_8));
      return;
    }
    Map<String, String> known;
    try {
      known =
          new Gson()
              .fromJson(new String(before.get(), StandardCharsets.UTF_8), new TypeToken<>() {});
    } catch (JsonParseException e) {
      throw UserError.data(folder, IDENTITY + " is damaged; take another folder", e);
    }
    Trial.checkShared(folder, known, shared);
  }

  private static String result(Trial trial) {
    return trial.fileName() + ".trial.json";
  }

  private static String model(Trial trial) {
    return trial.fileName() + ".zip";
  }

  /** What a trial came to; empty if it is still to be done. */
  Optional<TrialResult> done(Trial trial) {
    return read(result(trial))
        .flatMap(json -> TrialResult.ofJson(new String(json, StandardCharsets.UTF_8)))
        .filter(result -> result.trial().equals(trial) && !result.isFailed());
  }

  /** Keeps a model and then its result, so that a result is never without its model. */
  void keep(TrialResult result, byte[] model) {
    write(model(result.trial()), model);
    write(result(result.trial()), result.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the model of a trial is there. */
  boolean holdsModel(Trial trial) {
    try {
      return files.exists(new Path(folder, model(trial)));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The model's place, for who wants to read it. */
  String placeOf(Trial trial) {
    return new Path(folder, model(trial)).toString();
  }

  /** Removes a model that is not wanted. */
  void drop(Trial trial) {
    try {
      files.delete(new Path(folder, model(trial)), false);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The file's bytes; empty if there is none, or it is damaged and will be written anew. */
  private Optional<byte[]> read(String name) {
    Path file = new Path(folder, name);
    try {
      if (!files.exists(file)) {
        return Optional.empty();
      }
      try (InputStream in = files.open(file)) {
        return Optional.of(in.readAllBytes());
      }
    } catch (ChecksumException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Nobody sees half of it: a task may be killed, and two may do the same at once. */
  private void write(String name, byte[] bytes) {
    Path part = new Path(folder, "." + name + "." + UUID.randomUUID());
    Path file = new Path(folder, name);
    try {
      try (OutputStream out = files.create(part, false)) {
        out.write(bytes);
      }
      files.delete(file, false);
      if (!files.rename(part, file) && !files.exists(file)) {
        throw new IOException(file + " could not be renamed to");
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
