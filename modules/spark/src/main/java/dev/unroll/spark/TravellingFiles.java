package dev.unroll.spark;

import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files and folders that arguments name, in memory, so that executors which do not see them can
 * have them on their own disks: once in each JVM, under their own names.
 */
final class TravellingFiles implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a broadcast can be expected to hold on every executor. */
  private static final long MOST_BYTES = 1L << 30;

  private static final Map<String, Path> UNPACKED = new LinkedHashMap<>();

  /** By the path as it was given: the contents of the files within, by their relative names. */
  private final LinkedHashMap<String, LinkedHashMap<String, byte[]>> contents =
      new LinkedHashMap<>();

  private final String sha256;

  /**
   * Reads them.
   *
   * @throws UserError if one cannot be read, or they are larger than a gigabyte together
   */
  TravellingFiles(List<Path> paths) {
    MessageDigest digest = Sha256.create();
    long bytes = 0;
    for (Path path : paths) {
      LinkedHashMap<String, byte[]> within = new LinkedHashMap<>();
      for (Path file : files(path)) {
        bytes += file.toFile().length();
        if (bytes > MOST_BYTES) {
          throw UserError.data(
              path, "more than 1 GB of data would travel to every executor; take less");
        }
        byte[] content = read(file);
        digest.update(content);
        within.put(
            path.toAbsolutePath().getParent().relativize(file.toAbsolutePath()).toString(),
            content);
      }
      contents.put(path.toString(), within);
      digest.update(path.toString().getBytes(StandardCharsets.UTF_8));
    }
    sha256 = Sha256.hex(digest);
  }

  private static List<Path> files(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw UserError.data(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw UserError.data(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The arguments with the paths that these have on this machine. */
  List<String> relocate(List<String> arguments) {
    Path folder = unpacked();
    List<String> relocated = new ArrayList<>();
    for (String argument : arguments) {
      relocated.add(
          contents.containsKey(Path.of(argument).toString())
              ? place(folder, argument)
              : Arrays.stream(argument.split(",", -1))
                  .map(part -> place(folder, part))
                  .collect(Collectors.joining(",")));
    }
    return relocated;
  }

  /** Each has a folder of its own, for two may have one name. */
  private String place(Path folder, String path) {
    int number = List.copyOf(contents.keySet()).indexOf(Path.of(path).toString());
    return number < 0
        ? path
        : folder.resolve(String.valueOf(number)).resolve(Path.of(path).getFileName()).toString();
  }

  private Path unpacked() {
    synchronized (UNPACKED) {
      return UNPACKED.computeIfAbsent(sha256, key -> unpack());
    }
  }

  private Path unpack() {
    try {
      Path folder = Files.createTempDirectory("unroll-files-");
      folder.toFile().deleteOnExit();
      int number = 0;
      for (Map<String, byte[]> within : contents.values()) {
        for (Map.Entry<String, byte[]> file : within.entrySet()) {
          Path target = folder.resolve(String.valueOf(number)).resolve(file.getKey());
          make(folder, target.getParent());
          Files.write(target, file.getValue());
          target.toFile().deleteOnExit();
        }
        number++;
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("the data of trials", e);
    }
  }

  /** Folders are deleted in the reverse order of being made, as files are. */
  private static void make(Path root, Path folder) throws IOException {
    if (!folder.equals(root) && !Files.exists(folder)) {
      make(root, folder.getParent());
      Files.createDirectory(folder);
      folder.toFile().deleteOnExit();
    }
  }
}
