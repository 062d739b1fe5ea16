package dev.unroll.music;

import dev.unroll.music.score.Change;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Metre;
import dev.unroll.music.score.Mode;
import dev.unroll.music.score.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The symbols at the beginning of a piece that say its key, metre and style, as far as a model is
 * conditioned on them.
 *
 * @param first the number of the first of these symbols
 * @param conditions in the order in which they are said
 * @param metres the metres of the training part
 * @param styles the styles of the training part
 */
record Header(int first, List<Condition> conditions, List<Metre> metres, List<String> styles) {
  private static final int SIGNATURES = 15;
  private static final int FLATS = 7;
  private static final int KEYS = SIGNATURES * Mode.values().length;

  /** What a model may be told of a piece. */
  enum Condition {
    /** The key that it begins in. */
    KEY,
    /** The metre that it begins in. */
    METRE,
    /** Such as jig. */
    STYLE
  }

  /** How many symbols say a condition; the first of them says that it is unknown. */
  private int count(Condition condition) {
    return 1
        + switch (condition) {
          case KEY -> KEYS;
          case METRE -> metres.size();
          case STYLE -> styles.size();
        };
  }

  /** How many symbols there are. */
  int symbols() {
    return conditions.stream().mapToInt(this::count).sum();
  }

  /** How many symbols a piece begins with. */
  int length() {
    return conditions.size();
  }

  /** The number of the first symbol of the condition at a place. */
  private int base(int place) {
    int base = first;
    for (int i = 0; i < place; i++) {
      base += count(conditions.get(i));
    }
    return base;
  }

  /** Whether a symbol may stand at a place of the header. */
  boolean allows(int place, int symbol) {
    int base = base(place);
    return symbol >= base && symbol < base + count(conditions.get(place));
  }

  /** What a score says. */
  List<Integer> symbols(Score score) {
    List<Integer> symbols = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      int value =
          switch (conditions.get(i)) {
            case KEY -> score.keyAt(0).map(Header::number).orElse(-1);
            case METRE -> score.metres().isEmpty() ? -1 : metres.indexOf(score.metreAt(0));
            case STYLE -> styles.indexOf(score.style());
          };
      symbols.add(base(i) + 1 + value);
    }
    return symbols;
  }

  private static int number(Key key) {
    return key.mode().ordinal() * SIGNATURES + key.sharps() + FLATS;
  }

  /** The key that the header of a piece says, if it says one. */
  Optional<Change<Key>> key(int[] header) {
    return value(header, Condition.KEY)
        .map(
            number ->
                new Change<>(
                    0, new Key(number % SIGNATURES - FLATS, Mode.values()[number / SIGNATURES])));
  }

  /** The metre that it says, if it says one. */
  Optional<Change<Metre>> metre(int[] header) {
    return value(header, Condition.METRE).map(number -> new Change<>(0, metres.get(number)));
  }

  /** The style that it says; empty if it says none. */
  String style(int[] header) {
    return value(header, Condition.STYLE).map(styles::get).orElse("");
  }

  private Optional<Integer> value(int[] header, Condition condition) {
    int place = conditions.indexOf(condition);
    return place < 0 || place >= header.length || header[place] == base(place)
        ? Optional.empty()
        : Optional.of(header[place] - base(place) - 1);
  }
}
