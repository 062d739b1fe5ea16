package dev.unroll.music;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads music as the options on the command line say. */
final class PieceFiles {
  private PieceFiles() {}

  /** Pieces to learn from: of a file with parts, those of {@code train} and {@code valid}. */
  static Corpus<Piece> train(DataFile file, int rollStep, Consumer<String> notices) {
    return PieceSplitter.only(
        read(file, rollStep, notices), piece -> piece.part() != Piece.Part.TEST);
  }

  /** Pieces to score: of a file with parts, those of {@code test}. */
  static Corpus<Piece> evaluate(DataFile file, int rollStep, Consumer<String> notices) {
    Corpus<Piece> all = read(file, rollStep, notices);
    Corpus<Piece> test = PieceSplitter.part(all, Piece.Part.TEST);
    return test.size() > 0 ? test : all;
  }

  private static Corpus<Piece> read(DataFile file, int rollStep, Consumer<String> notices) {
    return new PieceReader(file.format(PieceFormat.class), rollStep, notices).read(file.text());
  }

  /** The pieces of a file, or of a folder, that a model is asked about. */
  static List<Piece> asked(Path file, MusicModel model, Consumer<String> notices) {
    return new PieceReader(Optional.empty(), model.config().rollStep(), notices)
        .read(TextSource.of(file))
        .examples();
  }

  /** What the symbols of some pieces do not say, and of how many; empty if nothing is lost. */
  static Optional<String> lost(List<Piece> pieces, MusicEncoder encoder) {
    Map<String, Integer> lost = new TreeMap<>();
    pieces.forEach(piece -> encoder.lost(piece).forEach(what -> lost.merge(what, 1, Integer::sum)));
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "what the model does not read: "
                + lost.entrySet().stream()
                    .map(entry -> "%s (%,d pieces)".formatted(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining(", ")));
  }

  /** What was recognised, in words. */
  static String describe(Corpus<Piece> pieces) {
    return String.format(
        Locale.ROOT,
        "%,d pieces with %,d notes, read as %s",
        pieces.size(),
        pieces.examples().stream().mapToLong(piece -> piece.score().notes().size()).sum(),
        pieces.format());
  }
}
