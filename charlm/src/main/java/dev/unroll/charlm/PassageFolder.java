package dev.unroll.charlm;

import dev.unroll.data.Corpus;
import dev.unroll.data.Sha256;
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

/** Reads the files of a folder, each a text of its own. */
final class PassageFolder {
  private PassageFolder() {}

  static Corpus<Passage> read(TextSource source, Ending ending) {
    List<Passage> passages = new ArrayList<>();
    MessageDigest digest = Sha256.create();
    for (Path file : files(source.path().orElseThrow())) {
      Corpus<Passage> one =
          PassageReader.readFile(TextSource.of(file).withCharset(source.charset()), ending);
      passages.addAll(one.examples());
      String entry = one.digest() + "  " + file.getFileName() + "\n";
      digest.update(entry.getBytes(StandardCharsets.UTF_8));
    }
    return new Corpus<>(passages, source.name(), HexFormat.of().formatHex(digest.digest()));
  }

  /** Sorted by name, for a file system lists in any order. */
  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        if (!entry.getFileName().toString().startsWith(".") && Files.isRegularFile(entry)) {
          files.add(entry);
        }
      }
    } catch (IOException e) {
      throw UserError.data(folder, "cannot be listed; check its permissions", e);
    }
    if (files.isEmpty()) {
      throw UserError.data(folder, "no files in this folder; put the texts there, one a file");
    }
    files.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    return files;
  }
}
