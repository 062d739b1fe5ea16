package dev.unroll.speech;

import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data folder of Kaldi: {@code wav.scp} with {@code id path} a line, {@code text} with {@code id
 * words}, and maybe {@code utt2spk} with {@code id speaker}. Paths are relative to the folder, or
 * else to where the program runs, as Kaldi takes them.
 */
final class KaldiFolder {
  static final String SOUNDS = "wav.scp";
  private static final String TEXTS = "text";
  private static final String SPEAKERS = "utt2spk";

  private final Path folder;

  KaldiFolder(Path folder) {
    this.folder = folder;
  }

  /** A file of which each line is an id and something behind it. */
  private record Table(Map<String, String> values, Map<String, Long> lines, Corpus<String> file) {
    static Table read(Path path) {
      Map<String, String> values = new LinkedHashMap<>();
      Map<String, Long> places = new LinkedHashMap<>();
      try (LineReader lines = TextSource.of(path).open()) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          if (line.isBlank()) {
            continue;
          }
          String[] parts = line.strip().split("\\s+", 2);
          if (values.put(parts[0], parts.length > 1 ? parts[1] : "") != null) {
            throw lines.error("the id '" + parts[0] + "' is there twice; leave one");
          }
          places.put(parts[0], lines.line());
        }
        return new Table(values, places, new Corpus<>(List.of(), path.toString(), lines.digest()));
      }
    }
  }

  Corpus<Utterance> read() {
    Table sounds = Table.read(folder.resolve(SOUNDS));
    Table texts = Table.read(folder.resolve(TEXTS));
    Path named = folder.resolve(SPEAKERS);
    Map<String, String> speakers =
        Files.isRegularFile(named) ? Table.read(named).values() : Map.of();
    RecordingFinder beside = new RecordingFinder(folder);
    RecordingFinder here = new RecordingFinder(null);
    List<Utterance> utterances = new ArrayList<>();
    for (Map.Entry<String, String> entry : sounds.values().entrySet()) {
      String id = entry.getKey();
      String source = sounds.file().source();
      long line = sounds.lines().get(id);
      String path = entry.getValue();
      if (path.endsWith("|")) {
        throw UserError.data(
            source,
            line,
            "'%s' is a command, and none is run; write its output to a file and name that"
                .formatted(path));
      }
      if (!texts.values().containsKey(id)) {
        throw UserError.data(
            source,
            line,
            "'%s' has no line in %s; add it or take this one out"
                .formatted(id, texts.file().source()));
      }
      Recording recording =
          beside
              .find(path)
              .or(() -> here.find(path))
              .orElseThrow(
                  () -> UserError.data(source, line, "there is no recording '%s'".formatted(path)));
      utterances.add(
          new Utterance(
              recording.namedAt(texts.file().source() + ":" + texts.lines().get(id)),
              texts.values().get(id),
              speakers.get(id)));
    }
    if (utterances.isEmpty()) {
      throw UserError.data(sounds.file().source(), "no utterances in it; the file is empty");
    }
    Corpus<String> both = Corpus.concat(List.of(sounds.file(), texts.file()));
    return new Corpus<>(utterances, folder.toString(), both.digest(), UtteranceFormat.KALDI);
  }
}
