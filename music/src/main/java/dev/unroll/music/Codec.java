package dev.unroll.music;

import dev.unroll.music.score.Score;
import java.util.BitSet;
import java.util.List;

/**
 * Music as symbols and back. All notations share symbol {@value #END}, which ends a piece and is
 * read before the next; the symbols of a piece begin and end with it.
 */
interface Codec {
  /** The end of a piece. */
  int END = 0;

  /** The number of symbols. */
  int symbols();

  /** The symbols of a piece, with {@link #END} before and behind. */
  int[] encode(Piece piece);

  /**
   * The piece of symbols that {@link #grammar} allows, with or without {@link #END} around them.
   *
   * @throws dev.unroll.data.UserError if they are no music, as free text may not be
   */
  Score decode(int[] symbols);

  /** What may follow, beginning behind an {@link #END}. */
  Grammar grammar();

  /** Which of the symbols count in a score; conditions, for one, are given and not predicted. */
  BitSet counted(int[] symbols);

  /** The number of time steps that are counted. */
  long steps(Piece piece);

  /** The number of notes that are counted of a piece, which has these symbols. */
  long notes(Piece piece, int[] symbols);

  /** The number of characters that are counted; 0 where symbols are none. */
  long characters(int[] symbols);

  /** What of a piece its symbols cannot say, in words; empty if nothing is lost. */
  List<String> lost(Piece piece);
}
