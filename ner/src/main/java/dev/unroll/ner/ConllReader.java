package dev.unroll.ner;

import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.Sha256;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads tagged sentences in any {@link TagFormat}, which it recognises by the first line, and in
 * any {@link TagScheme}. Of a folder it reads the files whose names end as those of such data do,
 * in alphabetical order. Whatever is wrong is a {@link UserError} at its line.
 */
public final class ConllReader {
  private static final Set<String> ENDINGS =
      Set.of(
          "conll", "txt", "tsv", "iob", "iob1", "iob2", "bio", "bioes", "jsonl", "json", "train",
          "testa", "testb");

  private ConllReader() {}

  /** Reads a file or folder of UTF-8. */
  public static Corpus<TaggedSentence> read(Path path) {
    return read(TextSource.of(path));
  }

  /** Reads a file, folder or standard input, and recognises the format. */
  public static Corpus<TaggedSentence> read(TextSource source) {
    return read(source, Optional.empty());
  }

  /**
   * Reads a file, folder or standard input.
   *
   * @param format empty to recognise it
   */
  public static Corpus<TaggedSentence> read(TextSource source, Optional<TagFormat> format) {
    Corpus<TaggedSentence> sentences =
        source.isDirectory() ? readFolder(source, format) : readFile(source, format);
    if (sentences.size() == 0) {
      throw UserError.data(source, "no sentences in it");
    }
    return sentences;
  }

  private static Corpus<TaggedSentence> readFile(TextSource source, Optional<TagFormat> format) {
    List<TaggedSentence> sentences = new ArrayList<>();
    try (LineReader lines = source.open()) {
      while (lines.peek() != null && lines.peek().isBlank()) {
        lines.next();
      }
      String first = lines.peek();
      TagFormat found =
          format.orElseGet(() -> first == null ? TagFormat.CONLL : TagFormat.of(first));
      if (found == TagFormat.JSONL) {
        SpanLines parser = new SpanLines(lines, Tokenizer.standard());
        for (String line = lines.next(); line != null; line = lines.next()) {
          if (!line.isBlank()) {
            sentences.add(parser.parse(line));
          }
        }
      } else {
        addColumns(new ConllLines(lines, true), sentences);
      }
      return new Corpus<>(sentences, source.name(), lines.digest(), found);
    }
  }

  private static void addColumns(ConllLines parser, List<TaggedSentence> sentences) {
    int markers = 0;
    for (var block = parser.next(); block != null; block = parser.next()) {
      if (block.sentence().words().isEmpty()) {
        markers++;
      } else {
        sentences.add(block.sentence().plusMarkers(markers));
        markers = 0;
      }
    }
    if (markers > 0 && !sentences.isEmpty()) { // after the last sentence they count as much
      int last = sentences.size() - 1;
      sentences.set(last, sentences.get(last).plusMarkers(markers));
    }
  }

  /** The digest is that of the list of files that {@code sha256sum} prints. */
  private static Corpus<TaggedSentence> readFolder(TextSource source, Optional<TagFormat> format) {
    List<TaggedSentence> sentences = new ArrayList<>();
    Set<String> formats = new TreeSet<>();
    MessageDigest digest = Sha256.create();
    for (Path file : files(source.path().orElseThrow())) {
      var part = readFile(TextSource.of(file).withCharset(source.charset()), format);
      sentences.addAll(part.examples());
      formats.add(part.format());
      String entry = part.digest() + "  " + file.getFileName() + "\n";
      digest.update(entry.getBytes(StandardCharsets.UTF_8));
    }
    return new Corpus<>(
        sentences,
        source.name(),
        HexFormat.of().formatHex(digest.digest()),
        String.join(", ", formats));
  }

  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString().replaceFirst("\\.gz$", "");
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (!name.startsWith(".")
            && ENDINGS.contains(ending.toLowerCase(Locale.ROOT))
            && !Files.isDirectory(entry)) {
          files.add(entry);
        }
      }
    } catch (IOException e) {
      throw UserError.data(folder, "cannot be listed; check its permissions", e);
    }
    if (files.isEmpty()) {
      throw UserError.data(
          folder, "no files of tagged sentences in it; their names end in .conll, .txt or .jsonl");
    }
    files.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    return files;
  }
}
