package dev.unroll.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The presets of a task: the resources {@code presets/NAME.properties} beside a class, in a folder
 * or in a jar.
 */
public final class Presets {
  private static final String FOLDER = "presets/";
  private static final String ENDING = ".properties";

  private final Class<?> task;

  /** Those beside {@code task}. */
  public Presets(Class<?> task) {
    this.task = task;
  }

  /** Their names in alphabetical order. */
  public List<String> names() {
    String name = task.getName().substring(task.getPackageName().length()).replaceFirst("^\\.", "");
    URL place = task.getResource(name + ".class");
    try (Stream<String> files = files(place)) {
      return files
          .filter(file -> file.endsWith(ENDING) && file.indexOf('/') < 0)
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InputStream open(String name) {
    return task.getResourceAsStream(FOLDER + name + ENDING);
  }

  /** Asked of where the class lies, for a jar need not have entries for its folders. */
  private static Stream<String> files(URL place) throws IOException {
    URLConnection connection = place.openConnection();
    if (connection instanceof JarURLConnection jar) {
      jar.setUseCaches(false);
      String entry = jar.getEntryName();
      String folder = entry.substring(0, entry.lastIndexOf('/') + 1) + FOLDER;
      try (var opened = jar.getJarFile()) {
        List<String> names = opened.stream().map(each -> each.getName()).toList();
        return names.stream()
            .filter(each -> each.startsWith(folder))
            .map(each -> each.substring(folder.length()));
      }
    }
    try {
      Path folder = Path.of(place.toURI()).resolveSibling(FOLDER);
      return Files.isDirectory(folder)
          ? Files.list(folder).map(file -> file.getFileName().toString())
          : Stream.empty();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(place.toString(), e);
    }
  }
}
