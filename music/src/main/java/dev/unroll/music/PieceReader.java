package dev.unroll.music;

import dev.unroll.data.ByteSource;
import dev.unroll.data.Corpus;
import dev.unroll.data.Sha256;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.music.abc.AbcReader;
import dev.unroll.music.abc.TuneText;
import dev.unroll.music.midi.MidiScores;
import dev.unroll.music.score.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads music in any {@link PieceFormat}, which it recognises by its content: a file, packed with
 * gzip or not, or a folder of files, those in folders within it too, in the order of their names.
 *
 * <p>One piece that cannot be read does not cost the others: it is named, and so is what of a piece
 * no score holds. A file alone that cannot be read is an error.
 */
public final class PieceReader {
  private static final int MOST_BYTES = 1 << 28;

  /** Bytes that a format is recognised by. */
  private static final int LOOKED_AT = 1 << 16;

  private final Optional<PieceFormat> format;
  private final int rollStep;
  private final Consumer<String> notices;

  /**
   * A reader.
   *
   * @param format empty to recognise it
   * @param rollStep ticks of a step of a piano roll
   * @param notices is told, a line each, what was left out and why
   */
  public PieceReader(Optional<PieceFormat> format, int rollStep, Consumer<String> notices) {
    this.format = format;
    this.rollStep = rollStep;
    this.notices = notices;
  }

  /**
   * Reads all of {@code source}.
   *
   * @throws UserError if it cannot be read, or holds no music
   */
  public Corpus<Piece> read(TextSource source) {
    Corpus<Piece> pieces = source.isDirectory() ? folder(source) : one(source);
    if (pieces.size() == 0) {
      throw UserError.data(
          source, "no music in it that can be read; give MIDI, ABC or piano rolls");
    }
    return pieces;
  }

  private Corpus<Piece> folder(TextSource source) {
    List<Path> files;
    try (Stream<Path> entries = Files.walk(source.path().orElseThrow())) {
      files = entries.filter(PieceReader::belongs).sorted().toList();
    } catch (IOException e) {
      throw UserError.data(source, "cannot be listed; check its permissions", e);
    }
    List<Piece> pieces = new ArrayList<>();
    List<String> formats = new ArrayList<>();
    MessageDigest digest = Sha256.create();
    for (Path file : files) {
      try {
        Corpus<Piece> corpus = one(TextSource.of(file).withCharset(source.charset()));
        corpus.examples().forEach(piece -> pieces.add(styled(piece, source, file)));
        formats.add(corpus.format());
        String entry = corpus.digest() + "  " + file.getFileName() + "\n";
        digest.update(entry.getBytes(StandardCharsets.UTF_8));
      } catch (UserError e) {
        notices.accept("left out: " + e.getMessage());
      }
    }
    String all = String.join(", ", formats.stream().distinct().sorted().toList());
    return new Corpus<>(pieces, source.name(), Sha256.hex(digest), all);
  }

  /** A piece that says no style has that of its folder within the folder that is read. */
  private static Piece styled(Piece piece, TextSource folder, Path file) {
    Path within = folder.path().orElseThrow().relativize(file);
    return within.getNameCount() < 2 || !piece.score().style().isEmpty()
        ? piece
        : new Piece(piece.score().styled(within.getName(0).toString()), piece.abc(), piece.part());
  }

  /** Whether a file of a folder is read: those that begin with a dot are not. */
  static boolean belongs(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
  }

  private Corpus<Piece> one(TextSource source) {
    byte[] bytes;
    String digest;
    try (ByteSource in = source.openBytes()) {
      bytes = in.readNBytes(MOST_BYTES);
      if (in.read() >= 0) {
        throw UserError.data(source, "is larger than 256 MB, which is no music");
      }
      digest = in.digest();
    } catch (IOException e) {
      throw UserError.data(source, "cannot be read (" + e.getMessage() + ")", e);
    }
    if (bytes.length == 0) {
      throw UserError.data(source, "is empty; give MIDI, ABC or piano rolls");
    }
    PieceFormat as = format.orElseGet(() -> recognise(source, bytes));
    List<Piece> pieces =
        switch (as) {
          case MIDI -> List.of(midi(source, bytes));
          case ABC -> tunes(source, text(source, bytes));
          case ROLL -> new RollReader(source.name(), rollStep).read(text(source, bytes));
        };
    return new Corpus<>(pieces, source.name(), digest, as);
  }

  private static PieceFormat recognise(TextSource source, byte[] bytes) {
    if (MidiScores.isMidi(bytes)) {
      return PieceFormat.MIDI;
    }
    int looked = Math.min(bytes.length, LOOKED_AT);
    String begins = new String(bytes, 0, looked, StandardCharsets.ISO_8859_1);
    if (begins.matches("(?s)[\\s\\uFEFF\\u00EF\\u00BB\\u00BF]*[\\[{].*")) {
      return PieceFormat.ROLL;
    }
    if (AbcReader.isAbc(begins)) {
      return PieceFormat.ABC;
    }
    throw UserError.data(
        source,
        "is neither MIDI, which begins with MThd, nor ABC, which has X: before each tune, nor a piano"
            + " roll in JSON");
  }

  /** Old collections are in Latin-1, which is what is no UTF-8 then. */
  private static String text(TextSource source, byte[] bytes) {
    String text = new String(bytes, source.charset());
    boolean wrong = source.charset() == StandardCharsets.UTF_8 && text.indexOf('\uFFFD') >= 0;
    String read = wrong ? new String(bytes, StandardCharsets.ISO_8859_1) : text;
    return read.startsWith("\uFEFF") ? read.substring(1) : read;
  }

  private Piece midi(TextSource source, byte[] bytes) {
    MidiScores.Reading reading = MidiScores.read(source.name(), bytes);
    notice(source.name(), reading.left());
    Score score = reading.score();
    if (score.notes().isEmpty()) {
      throw UserError.data(source, "has no notes");
    }
    String name = score.name().isEmpty() ? source.name() : score.name();
    return new Piece(score.named(name), "", Piece.Part.NONE);
  }

  private List<Piece> tunes(TextSource source, String text) {
    List<Piece> pieces = new ArrayList<>();
    List<UserError> broken = new ArrayList<>();
    new AbcReader(source.name(), false)
        .tunes(
            text,
            (tune, lines) -> {
              tune.complaints().stream().findFirst().ifPresent(notices);
              notice(source.name() + ": " + tune.score().name(), tune.left());
              pieces.add(new Piece(tune.score(), TuneText.of(lines), Piece.Part.NONE));
            },
            broken::add);
    if (pieces.isEmpty()) {
      throw broken.isEmpty() ? UserError.data(source, "has no tunes") : broken.get(0);
    }
    broken.forEach(error -> notices.accept("left out: " + error.getMessage()));
    return pieces;
  }

  private void notice(String name, List<String> left) {
    if (!left.isEmpty()) {
      notices.accept(name + ": read over " + String.join(", ", left));
    }
  }
}
