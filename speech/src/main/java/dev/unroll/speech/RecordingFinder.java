package dev.unroll.speech;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds recordings by their paths, also within zip files, each of which is opened once. */
final class RecordingFinder {
  private static final String WAV = ".wav";
  private static final String ZIP = ".zip";

  private final Path folder;
  private final Map<Path, ZipFile> zips = new HashMap<>();

  /**
   * A finder.
   *
   * @param folder to which paths are relative; null for that of the program
   */
  RecordingFinder(Path folder) {
    this.folder = folder;
  }

  /**
   * The recording of a path, such as {@code a/b.wav} or {@code a.zip/b.wav}; empty if there is
   * none.
   *
   * @throws UserError if a zip file is damaged
   */
  Optional<Recording> find(String name) {
    Path path;
    try {
      path = folder == null ? Path.of(name) : folder.resolve(name);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    if (Files.isRegularFile(path)) {
      return Optional.of(Recording.of(path));
    }
    for (Path zip = path.getParent(); zip != null; zip = zip.getParent()) {
      if (isZip(zip)) {
        String within = zip.relativize(path).toString().replace('\\', '/');
        ZipEntry entry = open(zip).getEntry(within);
        return entry == null || entry.isDirectory()
            ? Optional.empty()
            : Optional.of(recording(zip, entry));
      }
    }
    return Optional.empty();
  }

  private Recording recording(Path zip, ZipEntry entry) {
    return Recording.of(zip, open(zip), entry);
  }

  static boolean isZip(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(ZIP) && Files.isRegularFile(path);
  }

  static boolean isWav(Path path) {
    return isWav(path.toString());
  }

  private static boolean isWav(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(WAV);
  }

  /** All WAV files below a folder or in a zip file, in the order of their names. */
  static List<Recording> all(Path place) {
    RecordingFinder finder = new RecordingFinder(null);
    if (isZip(place)) {
      List<ZipEntry> entries = new ArrayList<>(Collections.list(finder.open(place).entries()));
      entries.removeIf(entry -> entry.isDirectory() || !isWav(entry.getName()));
      entries.sort(Comparator.comparing(ZipEntry::getName));
      return entries.stream().map(entry -> finder.recording(place, entry)).toList();
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .filter(file -> isWav(file) && Files.isRegularFile(file))
          .sorted()
          .map(Recording::of)
          .toList();
    } catch (IOException e) {
      throw UserError.data(place, "cannot be listed; check its permissions", e);
    }
  }

  /** It stays open as long as a recording of it is there. */
  private ZipFile open(Path zip) {
    return zips.computeIfAbsent(
        zip,
        file -> {
          try {
            return new ZipFile(file.toFile());
          } catch (IOException e) {
            throw UserError.data(
                file, "damaged zip file (" + e.getMessage() + "); copy it again", e);
          }
        });
  }
}
