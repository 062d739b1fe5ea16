package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.Sha256;
import dev.unroll.data.TextReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@link ReviewFormat#FOLDERS}: classes and files in alphabetical order. Files beside the
 * class folders, hidden ones, and those not named {@code .txt} or {@code .txt.gz} are not reviews.
 *
 * <p>The digest is that of the list of files that {@code sha256sum class/*.txt …} prints.
 */
final class ReviewFolders {
  /** Unlabelled reviews in the Large Movie Review Dataset, no class (Maas et al. 2011). */
  private static final String UNLABELLED = "unsup";

  private ReviewFolders() {}

  static Corpus<Review> read(TextSource source, Optional<List<String>> labels) {
    Path root = source.path().orElseThrow();
    List<Review> reviews = new ArrayList<>();
    MessageDigest digest = Sha256.create();
    for (Path folder : classFolders(root)) {
      String label = folder.getFileName().toString();
      if (label.isBlank()) {
        throw UserError.data(
            root,
            "the name of a class folder is the label of its reviews; that of '%s' is blank, rename it"
                .formatted(label));
      }
      if (!ReviewReader.allowed(label, labels)) {
        throw UserError.data(folder, ReviewReader.unknownLabel(label, labels));
      }
      for (Path file : reviewFiles(folder)) {
        TextSource text = TextSource.of(file).withCharset(source.charset());
        try (TextReader in = text.openReader()) {
          reviews.add(new Review(label, ReviewReader.readAll(in)));
          String entry = in.digest() + "  " + label + "/" + file.getFileName() + "\n";
          digest.update(entry.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return new Corpus<>(
        reviews, source.name(), HexFormat.of().formatHex(digest.digest()), ReviewFormat.FOLDERS);
  }

  private static List<Path> classFolders(Path root) {
    List<Path> folders = new ArrayList<>();
    for (Path entry : list(root)) {
      String name = entry.getFileName().toString();
      if (Files.isDirectory(entry) && !name.startsWith(".") && !name.equals(UNLABELLED)) {
        folders.add(entry);
      }
    }
    if (folders.isEmpty()) {
      throw UserError.data(
          root,
          "no class folders in it; put the reviews as .txt files into one folder a class, such as"
              + " pos/ and neg/");
    }
    return folders;
  }

  private static List<Path> reviewFiles(Path folder) {
    List<Path> files = new ArrayList<>();
    for (Path entry : list(folder)) {
      String name = entry.getFileName().toString();
      boolean text = name.endsWith(".txt") || name.endsWith(".txt.gz");
      if (text && !name.startsWith(".") && !Files.isDirectory(entry)) {
        files.add(entry);
      }
    }
    if (files.isEmpty()) {
      throw UserError.data(
          folder,
          "no .txt files in this class folder; a folder of reviews holds one folder a class, such"
              + " as pos/ and neg/, and these the reviews");
    }
    return files;
  }

  /** Sorted by name, for a file system lists in any order. */
  private static List<Path> list(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException e) {
      throw UserError.data(folder, "cannot be listed; check its permissions", e);
    }
    entries.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    return entries;
  }
}
