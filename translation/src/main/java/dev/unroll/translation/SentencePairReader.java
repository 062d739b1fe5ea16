package dev.unroll.translation;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads sentences and their translations in any {@link PairFormat}, which it recognises: two files
 * are parallel, and one is told by its first line. All pairs are kept as they were written, also
 * those with an empty side; a line without a character is a pair of two empty sides. What is wrong
 * is a {@link UserError} at its line.
 */
public final class SentencePairReader {
  private SentencePairReader() {}

  /** Reads a file of UTF-8 that holds both sides. */
  public static Corpus<SentencePair> read(Path path) {
    return read(List.of(TextSource.of(path)), Optional.empty());
  }

  /** Reads two parallel files of UTF-8. */
  public static Corpus<SentencePair> read(Path sources, Path targets) {
    return read(List.of(TextSource.of(sources), TextSource.of(targets)), Optional.empty());
  }

  /**
   * Reads one file with both sides, or two parallel ones.
   *
   * @param files one or two
   * @param format empty to recognise it
   * @throws UserError if they are not of that format, hold no pair, or are of different length
   */
  public static Corpus<SentencePair> read(List<TextSource> files, Optional<PairFormat> format) {
    boolean parallel = format.map(PairFormat.PARALLEL::equals).orElse(files.size() == 2);
    if (files.size() != (parallel ? 2 : 1)) {
      String names = String.join(", ", files.stream().map(TextSource::name).toList());
      throw UserError.usage(
          parallel
              ? "%s parallel takes two files, SOURCES,TARGETS; got %s"
                  .formatted(setting("format"), names)
              : "pairs are in one file, or in two parallel ones, SOURCES,TARGETS; got " + names);
    }
    return parallel
        ? readParallel(files.get(0), files.get(1))
        : readLines(files.get(0), format.orElse(null));
  }

  private static Corpus<SentencePair> readLines(TextSource file, PairFormat known) {
    List<SentencePair> pairs = new ArrayList<>();
    PairFormat format = known;
    try (LineReader lines = file.open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isEmpty()) {
          pairs.add(new SentencePair("", ""));
          continue;
        }
        if (format == null) {
          format = PairFormat.of(lines, line);
        }
        pairs.add(format.parse(lines, line));
      }
      if (format == null || pairs.isEmpty()) {
        throw UserError.data(file, "no sentence pairs in it; the file is empty");
      }
      return new Corpus<>(pairs, file.name(), lines.digest(), format);
    }
  }

  private static Corpus<SentencePair> readParallel(TextSource sources, TextSource targets) {
    List<String> source = new ArrayList<>();
    List<String> target = new ArrayList<>();
    Corpus<String> one = readAll(sources, source);
    Corpus<String> other = readAll(targets, target);
    int common = Math.min(source.size(), target.size());
    if (source.size() != target.size()) {
      TextSource longer = source.size() > target.size() ? sources : targets;
      TextSource shorter = source.size() > target.size() ? targets : sources;
      throw UserError.data(
          longer.name(),
          common + 1,
          "parallel files have as many lines; %s ends after %d, this one after %d; fix the shorter"
              .formatted(shorter.name(), common, Math.max(source.size(), target.size())));
    }
    if (common == 0) {
      throw UserError.data(sources, "no sentence pairs in it; the file is empty");
    }
    List<SentencePair> pairs = new ArrayList<>(common);
    for (int i = 0; i < common; i++) {
      pairs.add(new SentencePair(source.get(i), target.get(i)));
    }
    Corpus<String> both = Corpus.concat(List.of(one, other));
    return new Corpus<>(pairs, both.source(), both.digest(), PairFormat.PARALLEL);
  }

  /** Fills {@code all}; the corpus has no examples, but name and digest. */
  private static Corpus<String> readAll(TextSource file, List<String> all) {
    try (LineReader lines = file.open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
      }
      return new Corpus<>(List.of(), file.name(), lines.digest());
    }
  }
}
