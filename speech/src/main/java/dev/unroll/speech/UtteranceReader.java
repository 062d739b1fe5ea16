package dev.unroll.speech;

import static dev.unroll.data.UserError.setting;

import com.google.gson.JsonElement;
import dev.unroll.data.Corpus;
import dev.unroll.data.JsonLine;
import dev.unroll.data.LineReader;
import dev.unroll.data.Sha256;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads what is said in which recording, in any {@link UtteranceFormat}, which it recognises. Paths
 * are relative to the file that names them, and may lead into a zip file. Whatever is wrong is a
 * {@link UserError} at its line; the recordings themselves are opened later, when they are wanted.
 */
public final class UtteranceReader {
  private final Optional<UtteranceFormat> format;
  private final Optional<NameRule> names;

  /** A reader that recognises the format. */
  public UtteranceReader() {
    this(Optional.empty(), Optional.empty());
  }

  /**
   * A reader.
   *
   * @param format empty to recognise it
   * @param names how recordings are named, for {@link UtteranceFormat#NAMES}
   */
  public UtteranceReader(Optional<UtteranceFormat> format, Optional<NameRule> names) {
    this.format = format;
    this.names = names;
  }

  /** Reads a file or folder. */
  public Corpus<Utterance> read(Path path) {
    return read(TextSource.of(path));
  }

  /** Reads a file, folder or standard input. */
  public Corpus<Utterance> read(TextSource source) {
    UtteranceFormat as = format.orElseGet(() -> recognise(source));
    return switch (as) {
      case KALDI -> new KaldiFolder(folder(source, as)).read();
      case NAMES -> named(folder(source, as));
      case TSV, JSONL -> lines(source, as);
    };
  }

  private static UtteranceFormat recognise(TextSource source) {
    if (source.isDirectory()) {
      boolean kaldi = Files.isRegularFile(source.path().orElseThrow().resolve(KaldiFolder.SOUNDS));
      return kaldi ? UtteranceFormat.KALDI : UtteranceFormat.NAMES;
    }
    return source.path().filter(RecordingFinder::isZip).isPresent()
        ? UtteranceFormat.NAMES
        : UtteranceFormat.TSV;
  }

  private static Path folder(TextSource source, UtteranceFormat as) {
    boolean zip =
        as == UtteranceFormat.NAMES && source.path().filter(RecordingFinder::isZip).isPresent();
    if (!source.isDirectory() && !zip) {
      throw UserError.data(
          source,
          "is no folder, as %s %s wants"
              .formatted(setting("format"), as.name().toLowerCase(Locale.ROOT)));
    }
    return source.path().orElseThrow();
  }

  private Corpus<Utterance> named(Path place) {
    NameRule rule =
        names.orElseThrow(
            () ->
                UserError.usage(
                    "%s: a folder of recordings takes %s, which says how their names tell the text, such as {text}_{speaker}_{}; or give a manifest, path<TAB>text"
                        .formatted(place, setting("name-rule"))));
    List<Utterance> utterances = new ArrayList<>();
    MessageDigest digest = Sha256.create();
    for (Recording recording : RecordingFinder.all(place)) {
      utterances.add(
          rule.apply(recording)
              .orElseThrow(
                  () ->
                      UserError.data(
                          recording.name(),
                          "its name is not of the kind %s; rename it, take it out, or mend %s"
                              .formatted(rule, setting("name-rule")))));
      digest.update((recording.name() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    if (utterances.isEmpty()) {
      throw UserError.data(place, "no WAV files in it");
    }
    return new Corpus<>(utterances, place.toString(), Sha256.hex(digest), UtteranceFormat.NAMES);
  }

  private Corpus<Utterance> lines(TextSource source, UtteranceFormat known) {
    RecordingFinder finder =
        new RecordingFinder(
            source.path().map(path -> path.toAbsolutePath().getParent()).orElse(null));
    List<Utterance> utterances = new ArrayList<>();
    Columns columns = null;
    UtteranceFormat as = format.isPresent() ? known : null;
    try (LineReader lines = source.open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank()) {
          continue;
        }
        if (as == null) {
          as = line.matches("\\s*\\{\\s*\".*") ? UtteranceFormat.JSONL : UtteranceFormat.TSV;
        }
        if (as == UtteranceFormat.JSONL) {
          utterances.add(json(lines, line, finder));
        } else if (columns == null) {
          columns = Columns.of(line);
          if (!columns.header()) {
            utterances.add(tsv(lines, line, columns, finder));
          }
        } else {
          utterances.add(tsv(lines, line, columns, finder));
        }
      }
      if (utterances.isEmpty()) {
        throw UserError.data(source, "no utterances in it; the file is empty");
      }
      return new Corpus<>(utterances, source.name(), lines.digest(), as);
    }
  }

  /** Which column holds what; -1 for none. */
  private record Columns(int path, int text, int speaker, boolean header) {
    static Columns of(String first) {
      List<String> names = List.of(first.toLowerCase(Locale.ROOT).split("\t", -1));
      boolean header = names.contains("path") && names.contains("text");
      return header
          ? new Columns(
              names.indexOf("path"), names.indexOf("text"), names.indexOf("speaker"), true)
          : new Columns(0, 1, 2, false);
    }
  }

  private static Utterance tsv(
      LineReader lines, String line, Columns columns, RecordingFinder finder) {
    String[] cells = line.split("\t", -1);
    int least = 1 + Math.max(columns.path(), columns.text());
    if (cells.length < least || !columns.header() && cells.length > 3) {
      throw lines.error(
          "an utterance is path<TAB>text, or path<TAB>text<TAB>speaker; found %d columns; mend the line"
              .formatted(cells.length));
    }
    boolean spoken = columns.speaker() >= 0 && columns.speaker() < cells.length;
    return utterance(
        lines,
        finder,
        cells[columns.path()],
        cells[columns.text()],
        spoken ? cells[columns.speaker()] : null);
  }

  private static Utterance json(LineReader lines, String line, RecordingFinder finder) {
    JsonLine object = JsonLine.parse(lines, line, "path and text");
    JsonElement speaker = object.get("speaker");
    return utterance(
        lines,
        finder,
        object.string("path"),
        object.string("text"),
        speaker == null || speaker.isJsonNull() ? null : object.string("speaker"));
  }

  private static Utterance utterance(
      LineReader lines, RecordingFinder finder, String path, String text, String speaker) {
    Recording recording =
        finder
            .find(path)
            .orElseThrow(
                () ->
                    lines.error(
                        "there is no recording '%s'; paths are relative to the folder of this file"
                            .formatted(path)));
    return new Utterance(
        recording.namedAt(lines.name() + ":" + lines.line()),
        text,
        speaker == null || speaker.isBlank() ? null : speaker.strip());
  }
}
