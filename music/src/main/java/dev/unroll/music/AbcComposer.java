package dev.unroll.music;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import dev.unroll.music.abc.AbcReader;
import dev.unroll.music.abc.AbcWriter;
import dev.unroll.music.abc.TuneText;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.Score;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Composes in the characters of ABC. What is asked for is written into the fields at the beginning,
 * R, M, L and K in this order, and the model writes the others, and the music.
 */
final class AbcComposer {
  private static final int LONGEST = 5000;
  private static final int MOST_REDRAWN = 500;
  private static final String FIELDS = "RMLK";
  private static final Pattern KEY = Pattern.compile("(?m)^K:(.*)$");

  private final AbcCodec codec;
  private final ComposeRequest request;
  private final Drawing drawing;
  private final Listener listener;
  private final StringBuilder text = new StringBuilder();
  private int marked; // the length of the text up to the last bar or field that was in order
  private int redrawn;

  /** Is told each symbol. */
  @FunctionalInterface
  interface Listener {
    /**
     * A symbol was taken.
     *
     * @param at characters before it
     */
    void took(int at, String text);
  }

  AbcComposer(AbcCodec codec, Drawing drawing, ComposeRequest request, Listener listener) {
    this.codec = codec;
    this.request = request;
    this.drawing = drawing;
    this.listener = listener;
    if (request.voices() > 1) {
      throw UserError.usage(
          "a model of ABC writes one voice; %s is for models of events and rolls"
              .formatted(setting("voices")));
    }
  }

  Composer.Draft draw() {
    if (request.motif().isPresent()) {
      motif(request.motif().get());
    } else {
      fields();
      request.start().ifPresent(pitch -> write(AbcWriter.note(pitch, key())));
    }
    mark();
    while (text.length() < LONGEST) {
      int symbol = drawing.draw(this::allows);
      boolean ends = symbol == Codec.END;
      if (ends || isBehindBar(symbol)) {
        if (drawsAgain(ends)) {
          continue;
        }
        mark();
      }
      if (ends || isLast(symbol)) {
        break;
      }
      take(symbol);
    }
    return new Composer.Draft(read(), text.toString(), redrawn);
  }

  private Score read() {
    return new AbcReader("the tune").tune(TuneText.tune(text.toString(), "")).score();
  }

  /**
   * Goes back to the mark if the metre is a rule, and what is behind the mark does not keep to it;
   * says whether it did.
   */
  private boolean drawsAgain(boolean ends) {
    if (!request.rules().contains(Rule.METRE) || redrawn == MOST_REDRAWN || addsUp(ends)) {
      return false;
    }
    redrawn++;
    drawing.back();
    text.setLength(marked);
    return true;
  }

  private void mark() {
    drawing.mark();
    marked = text.length();
  }

  /** Whether a bar line is written, and the symbol is no more of it. */
  private boolean isBehindBar(int symbol) {
    return text.length() > marked
        && "|:]".indexOf(text.charAt(text.length() - 1)) >= 0
        && text.indexOf("|", marked) >= 0
        && "|:]".indexOf(codec.spell(symbol)) < 0;
  }

  private boolean addsUp(boolean ends) {
    try {
      if (ends) {
        read();
        return true;
      }
      return new AbcReader("the tune").complaints(TuneText.tune(text.toString(), "")).isEmpty();
    } catch (UserError | ArithmeticException e) {
      return false;
    }
  }

  private boolean allows(int symbol) {
    return !AbcCodec.isUnknown(symbol)
        && (symbol != Codec.END || request.bars() == 0 && KEY.matcher(text).find());
  }

  private void take(int symbol) {
    drawing.read(symbol);
    listener.took(text.length(), codec.spell(symbol));
    text.append(codec.spell(symbol));
  }

  private void write(String given) {
    for (int symbol : codec.symbols(given)) {
      if (AbcCodec.isUnknown(symbol)) {
        throw UserError.usage(
            "the training part has not all characters of '%s', so the model cannot go on from it"
                .formatted(given));
      }
      take(symbol);
    }
  }

  /**
   * Whether the bars that were asked for are written, and the symbol goes on behind them. An upbeat
   * is none of them.
   */
  private boolean isLast(int symbol) {
    return request.bars() > 0
        && text.charAt(text.length() - 1) == '|'
        && "|:][12".indexOf(codec.spell(symbol)) < 0
        && wholeBars() >= request.bars();
  }

  private int wholeBars() {
    try {
      return new AbcReader("the tune").wholeBars(TuneText.tune(text.toString(), ""));
    } catch (UserError | ArithmeticException e) {
      return 0; // and the tune cannot be read, however it goes on
    }
  }

  /** A line of fields after the other, until K: is written. */
  private void fields() {
    int written = -1; // the last field, as a place in FIELDS
    while (written < FIELDS.indexOf('K')) {
      mark();
      int from = written + 1;
      int to = firstAsked(from);
      int symbol = drawing.draw(s -> isField(s, from, to));
      take(symbol);
      char field = codec.spell(symbol).charAt(0);
      Optional<String> asked = asked(field);
      if (asked.isPresent()) {
        write(":" + asked.get() + "\n");
      } else {
        do {
          symbol = drawing.draw(s -> s != Codec.END && !AbcCodec.isUnknown(s));
          take(symbol);
        } while (!codec.spell(symbol).equals("\n") && text.length() < LONGEST);
        if (drawsAgain(false)) {
          continue;
        }
      }
      written = FIELDS.indexOf(field);
    }
  }

  private boolean isField(int symbol, int from, int to) {
    String spelt = codec.spell(symbol);
    int place = spelt.isEmpty() ? -1 : FIELDS.indexOf(spelt);
    return place >= from && place <= to;
  }

  /** The first field that something was asked of, and is not to be left out; K: otherwise. */
  private int firstAsked(int from) {
    for (int place = from; place < FIELDS.length(); place++) {
      if (asked(FIELDS.charAt(place)).isPresent()) {
        return place;
      }
    }
    return FIELDS.indexOf('K');
  }

  private Optional<String> asked(char field) {
    Optional<String> asked = value(field);
    if (asked.isPresent() && AbcCodec.isUnknown(codec.symbols(String.valueOf(field))[0])) {
      throw UserError.usage(
          "%s cannot be asked of a model whose training part has no field %s:; leave it out"
              .formatted(setting(field == 'R' ? "style" : "metre"), field));
    }
    return asked;
  }

  private Optional<String> value(char field) {
    return switch (field) {
      case 'R' -> Optional.of(request.style()).filter(style -> !style.isEmpty());
      case 'M' -> request.metre().map(Object::toString);
      case 'K' -> request.key().map(Object::toString);
      default -> Optional.empty();
    };
  }

  private Key key() {
    Matcher matcher = KEY.matcher(text);
    return matcher.find() ? Key.of(matcher.group(1)).orElse(Key.C) : Key.C;
  }

  private void motif(Score given) {
    Score motif = request.key().map(given::withKey).orElse(given);
    motif = request.metre().map(motif::withMetre).orElse(motif);
    String music = AbcWriter.writeMusic(motif);
    if (music.contains("\nV:")) {
      throw UserError.usage("a model of ABC goes on from one voice, and the motif has more");
    }
    if (!request.style().isEmpty()) {
      write("R:" + request.style() + "\n");
    }
    write(music.replaceFirst("\\|\\]\n$", "|"));
  }
}
