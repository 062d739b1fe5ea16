package dev.unroll.activity;

import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.Sha256;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads {@link RecordingFormat#FOLDERS}: folders and files in alphabetical order, hidden ones and
 * those not named {@code .csv}, {@code .tsv} or either with {@code .gz} left out.
 *
 * <p>The digest is that of the list of files that {@code sha256sum} prints.
 */
final class RecordingFolders {
  private final Path root;
  private final TextSource source;
  private final List<Recording> recordings = new ArrayList<>();
  private final MessageDigest digest = Sha256.create();

  private RecordingFolders(TextSource source) {
    this.root = source.path().orElseThrow();
    this.source = source;
  }

  static Corpus<Recording> read(TextSource source) {
    RecordingFolders folders = new RecordingFolders(source);
    List<Path> labels = entries(folders.root).filter(Files::isDirectory).toList();
    for (Path label : labels) {
      String name = label.getFileName().toString();
      folders.addAll(label, name, null);
      for (Path subject : entries(label).filter(Files::isDirectory).toList()) {
        folders.addAll(subject, name, subject.getFileName().toString());
      }
    }
    if (folders.recordings.isEmpty()) {
      throw UserError.data(
          folders.root,
          "no recordings in it; put them as .csv files into one folder a label, such as walking/"
              + " and standing/");
    }
    return new Corpus<>(
        folders.recordings, source.name(), Sha256.hex(folders.digest), RecordingFormat.FOLDERS);
  }

  private void addAll(Path folder, String label, String subject) {
    for (Path file : entries(folder).filter(RecordingFolders::isTable).toList()) {
      String id = root.relativize(file).toString().replace('\\', '/');
      try (LineReader lines = TextSource.of(file).withCharset(source.charset()).open()) {
        List<Recording> read = CsvReader.read(lines, id);
        if (read.size() != 1 || read.get(0).label() != null) {
          throw UserError.data(
              file, "the folder is the label of its recording; leave out the columns id and label");
        }
        Recording one = read.get(0);
        recordings.add(
            new Recording(
                id,
                label,
                subject == null ? one.subject() : subject,
                one.channels(),
                one.rate(),
                one.values()));
        digest.update((lines.digest() + "  " + id + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Whether a file of a folder is a table of a recording. */
  static boolean isTable(Path file) {
    String name = file.getFileName().toString();
    return name.matches("(?i).*\\.(csv|tsv)(\\.gz)?") && !Files.isDirectory(file);
  }

  /** Sorted by name, for a file system lists in any order. */
  private static Stream<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw UserError.data(folder, "cannot be listed; check its permissions", e);
    }
  }
}
