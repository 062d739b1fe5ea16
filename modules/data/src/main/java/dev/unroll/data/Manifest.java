package dev.unroll.data;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a {@link ModelFile} says of itself.
 *
 * @param format of the file; newer ones are refused
 * @param task what it was made for, such as {@code sentiment}
 * @param version of Unroll that wrote it
 * @param sha256 of every other entry, by name
 * @param crc32c the same by a sum that processors compute themselves, many times as fast; null in
 *     files of earlier versions
 */
record Manifest(
    int format,
    String task,
    String version,
    Map<String, String> sha256,
    Map<String, String> crc32c) {
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

  /** The task that a file is a model of; empty if it is none. */
  static Optional<String> task(Path path, int longest) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      if (entry == null) {
        return Optional.empty();
      }
      try (InputStream in = zip.getInputStream(entry)) {
        String json = new String(in.readNBytes(longest), StandardCharsets.UTF_8);
        return Optional.ofNullable(new Gson().fromJson(json, Manifest.class)).map(Manifest::task);
      }
    } catch (IOException | JsonParseException e) {
      return Optional.empty();
    }
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
