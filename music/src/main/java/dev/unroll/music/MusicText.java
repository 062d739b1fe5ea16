package dev.unroll.music;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.music.score.Score;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Music that a request holds as text: ABC, a piano roll in JSON, or a MIDI file in Base64. */
final class MusicText {
  /** What music is read from. */
  private static final String NAME = "music";

  /** How the Base64 of a MIDI file begins, as no ABC and no piano roll does. */
  private static final String MIDI = "TVRoZ";

  /** Of the pieces of one text, in quarter notes: more than an hour's music is in few bytes. */
  private static final int LONGEST = 2_000;

  private MusicText() {}

  /**
   * The only piece of a text.
   *
   * @throws UserError if there are more, or none that can be read
   */
  static Score piece(MusicModel model, String text) {
    List<Piece> pieces = pieces(model, text);
    if (pieces.size() != 1) {
      throw UserError.usage("give one piece, found " + pieces.size());
    }
    return pieces.get(0).score();
  }

  /**
   * The pieces of a text.
   *
   * @throws UserError if none can be read, or they last too long
   */
  static List<Piece> pieces(MusicModel model, String text) {
    byte[] bytes = text.startsWith(MIDI) ? decoded(text) : text.getBytes(StandardCharsets.UTF_8);
    List<Piece> pieces =
        new PieceReader(Optional.empty(), model.config().rollStep(), notice -> {})
            .read(TextSource.of(NAME, new ByteArrayInputStream(bytes)))
            .examples();
    long quarters =
        pieces.stream().mapToLong(piece -> piece.score().length()).sum() / Score.QUARTER;
    if (quarters > LONGEST) {
      throw UserError.usage(
          "the pieces of one text may last %,d quarter notes, got %,d; give fewer or shorter ones"
              .formatted(LONGEST, quarters));
    }
    return pieces;
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw UserError.usage("the Base64 of the MIDI file is damaged: " + e.getMessage());
    }
  }
}
