package dev.unroll.music;

import dev.unroll.music.abc.AbcReader;
import dev.unroll.music.abc.AbcWriter;
import dev.unroll.music.abc.TuneText;
import dev.unroll.music.score.Score;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tunes as the characters of their ABC: the fields R, M, L and K as far as the model is conditioned
 * on them, then the music. Symbol 1 stands for every character that the training part has not.
 */
final class AbcCodec implements Codec {
  private static final int UNKNOWN = 1;

  private final int[] characters;
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final MusicConfig config;

  AbcCodec(SymbolTable table, MusicConfig chosen) {
    this.characters = table.characters().stream().mapToInt(Integer::intValue).toArray();
    this.config = chosen;
    for (int i = 0; i < characters.length; i++) {
      numbers.put(characters[i], UNKNOWN + 1 + i);
    }
  }

  /** The text of a piece that a model reads. */
  static String text(Piece piece, MusicConfig chosen) {
    Score score = piece.score();
    String text =
        piece.abc().isEmpty()
            ? (score.style().isEmpty() ? "" : "R:" + score.style() + "\n")
                + AbcWriter.writeMusic(score).stripTrailing()
            : piece.abc();
    boolean styled = Arrays.asList(chosen.conditions()).contains(Header.Condition.STYLE);
    return styled ? text : text.replaceFirst("^R:.*\n", "");
  }

  @Override
  public int symbols() {
    return UNKNOWN + 1 + characters.length;
  }

  /** The symbols of a text. */
  int[] symbols(String text) {
    return text.codePoints().map(c -> numbers.getOrDefault(c, UNKNOWN)).toArray();
  }

  /** What a symbol adds to a text. */
  String spell(int symbol) {
    return symbol <= UNKNOWN ? "" : Character.toString(characters[symbol - UNKNOWN - 1]);
  }

  @Override
  public int[] encode(Piece piece) {
    int[] text = symbols(text(piece, config));
    int[] symbols = new int[text.length + 2]; // END is 0
    System.arraycopy(text, 0, symbols, 1, text.length);
    return symbols;
  }

  /** The text of symbols. */
  String text(int[] symbols) {
    StringBuilder text = new StringBuilder();
    for (int symbol : symbols) {
      text.append(spell(symbol));
    }
    return text.toString();
  }

  @Override
  public Score decode(int[] symbols) {
    return new AbcReader("the tune").tune(TuneText.tune(text(symbols), "")).score();
  }

  /** Any text may be; the unknown is never written, which the sampler sees to. */
  @Override
  public Grammar grammar() {
    return Grammar.any();
  }

  /** Whether a symbol stands for what nobody can read. */
  static boolean isUnknown(int symbol) {
    return symbol == UNKNOWN;
  }

  /** All characters, and the end. */
  @Override
  public BitSet counted(int[] symbols) {
    BitSet counted = new BitSet();
    counted.set(1, symbols.length);
    return counted;
  }

  @Override
  public long steps(Piece piece) {
    return (piece.score().length() + config.step() - 1) / config.step();
  }

  /** All that sound, repeats and all. */
  @Override
  public long notes(Piece piece, int[] symbols) {
    return piece.score().notes().size();
  }

  @Override
  public long characters(int[] symbols) {
    return counted(symbols).cardinality();
  }

  @Override
  public List<String> lost(Piece piece) {
    return List.of();
  }
}
