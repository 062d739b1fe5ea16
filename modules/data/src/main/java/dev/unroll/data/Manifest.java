package dev.unroll.data;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.Map;

/**
 * What a {@link ModelFile} says of itself.
 *
 * @param format of the file; newer ones are refused
 * @param task what it was made for, such as {@code sentiment}
 * @param version of Unroll that wrote it
 * @param sha256 of every other entry, by name
 */
record Manifest(int format, String task, String version, Map<String, String> sha256) {
  static final String ENTRY = "unroll.json";

  /** Reads a manifest of {@code file}. */
  static Manifest parse(String json, ModelFile file) {
    Manifest manifest;
    try {
      manifest = new Gson().fromJson(json, Manifest.class);
    } catch (JsonParseException e) {
      throw file.damaged(ENTRY + " cannot be read", e);
    }
    if (manifest == null || manifest.task() == null || manifest.sha256() == null) {
      throw file.damaged(ENTRY + " is incomplete");
    }
    return manifest;
  }

  /** Refuses a file that is newer than this program, or was made for another task. */
  void check(String name, String wanted) {
    if (format > ModelFile.FORMAT) {
      throw UserError.data(
          name,
          "format %d is newer than this program, which reads up to %d; upgrade Unroll to %s or later"
              .formatted(format, ModelFile.FORMAT, version));
    }
    if (!task.equals(wanted)) {
      throw UserError.data(
          name, "a model for '" + task + "', not for '" + wanted + "'; name another file");
    }
  }
}
