package dev.unroll.music;

import dev.unroll.data.Corpus;
import dev.unroll.generation.Stretch;
import dev.unroll.music.score.Change;
import dev.unroll.music.score.Metre;
import dev.unroll.training.Encoder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns pieces into symbols and symbols into pieces. The arrays of a batch are
 *
 * <pre>
 *   ids      [batch, 1, time]   0  61  65  129     what is read: the end of another piece, c, e, a wait
 *   labels   [batch, 1, time]  61  65 129    0     what comes next
 *   masks    [batch, time]      1   1   1    1     absent where all sequences are of one length
 * </pre>
 */
public final class MusicEncoder implements Encoder<Piece, Stretch> {
  private final SymbolTable table;
  private final Codec codec;

  /** An encoder whose symbols are known, as when a model is loaded. */
  MusicEncoder(SymbolTable table, MusicConfig chosen) {
    this.table = table;
    this.codec =
        chosen.notation() == Notation.ABC
            ? new AbcCodec(table, chosen)
            : new NoteCodec(
                new NoteAlphabet(
                    chosen.notation() == Notation.EVENTS,
                    chosen.grid(),
                    chosen.conditions(),
                    table));
  }

  /**
   * An encoder that has symbols for the metres, styles and characters of {@code train}.
   *
   * @param config of which {@link MusicConfig#notation} may be left to the data
   */
  public static MusicEncoder fit(Corpus<Piece> train, MusicConfig config) {
    return fitChosen(train, chosen(train, config));
  }

  /** The configuration with nothing left to choose. */
  static MusicConfig chosen(Corpus<Piece> train, MusicConfig config) {
    return config.chosen(train.format().equals("roll"));
  }

  private static MusicEncoder fitChosen(Corpus<Piece> train, MusicConfig chosen) {
    List<Metre> metres =
        train.examples().stream()
            .flatMap(piece -> piece.score().metres().stream())
            .map(Change::value)
            .distinct()
            .sorted(Comparator.comparingInt(Metre::unit).thenComparingInt(Metre::beats))
            .toList();
    List<String> styles =
        train.examples().stream()
            .map(piece -> piece.score().style())
            .filter(style -> !style.isEmpty())
            .distinct()
            .sorted()
            .toList();
    List<Integer> characters =
        chosen.notation() == Notation.ABC
            ? train.examples().stream()
                .flatMap(piece -> characters(piece, chosen))
                .distinct()
                .sorted()
                .toList()
            : List.of();
    return new MusicEncoder(new SymbolTable(metres, styles, characters), chosen);
  }

  private static Stream<Integer> characters(Piece piece, MusicConfig chosen) {
    return AbcCodec.text(piece, chosen).codePoints().boxed();
  }

  /** The number of symbols. */
  public int symbols() {
    return codec.symbols();
  }

  /** What of a piece its symbols do not say, such as its tempo; empty if nothing is lost. */
  public List<String> lost(Piece piece) {
    return codec.lost(piece);
  }

  Codec codec() {
    return codec;
  }

  SymbolTable table() {
    return table;
  }

  @Override
  public Stretch prepare(Piece piece) {
    return Stretch.of(codec.encode(piece));
  }

  @Override
  public int length(Stretch stretch) {
    return Math.max(1, stretch.length());
  }

  @Override
  public MultiDataSet encode(List<Stretch> stretches) {
    return Stretch.encode(stretches);
  }
}
