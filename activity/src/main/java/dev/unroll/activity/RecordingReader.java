package dev.unroll.activity;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads recordings in any {@link RecordingFormat}, which it recognises by the first line. Whatever
 * is wrong is a {@link UserError} at its line.
 */
public final class RecordingReader {
  private RecordingReader() {}

  /** Reads a file or folder of UTF-8. */
  public static Corpus<Recording> read(Path path) {
    return read(TextSource.of(path), Optional.empty());
  }

  /**
   * Reads a file, folder or standard input.
   *
   * @param format empty to recognise it
   */
  public static Corpus<Recording> read(TextSource source, Optional<RecordingFormat> format) {
    boolean folders = format.map(RecordingFormat.FOLDERS::equals).orElse(source.isDirectory());
    if (folders && !source.isDirectory()) {
      throw UserError.data(
          source, "is no folder, as %s folders wants".formatted(setting("format")));
    }
    return folders ? RecordingFolders.read(source) : readFile(source, format);
  }

  private static Corpus<Recording> readFile(TextSource given, Optional<RecordingFormat> known) {
    TextSource source = known.isPresent() ? given : given.reopenable();
    RecordingFormat format = known.orElseGet(() -> recognised(source));
    boolean ts = format == RecordingFormat.TS;
    try (LineReader lines = ts ? TsReader.open(source) : source.open()) {
      List<Recording> recordings = recordings(lines, ts, source.charset());
      if (recordings.isEmpty()) {
        throw UserError.data(source, "no recordings in it; add some");
      }
      return new Corpus<>(recordings, source.name(), lines.digest(), format);
    }
  }

  private static List<Recording> recordings(LineReader lines, boolean ts, Charset charset) {
    return ts ? TsReader.read(lines, charset, lines.name()) : CsvReader.read(lines, lines.name());
  }

  private static RecordingFormat recognised(TextSource source) {
    try (LineReader lines = TsReader.open(source)) {
      String line = lines.next();
      while (line != null && line.isBlank()) {
        line = lines.next();
      }
      if (line == null) {
        throw UserError.data(source, "no recordings in it; the file is empty");
      }
      return TsReader.recognises(line) ? RecordingFormat.TS : RecordingFormat.CSV;
    }
  }
}
