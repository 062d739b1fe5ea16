package dev.unroll.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import dev.unroll.generation.NextSymbol;
import dev.unroll.generation.SamplingConfig;
import dev.unroll.music.abc.AbcReader;
import dev.unroll.music.abc.TuneText;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tunes of a model that knows nothing of bars. */
class AbcComposerTest {
  private static final AbcCodec CODEC =
      new AbcCodec(
          new SymbolTable(List.of(), List.of(), "MKCG1/4:|\n".codePoints().boxed().toList()),
          MusicConfig.defaults());

  @Test
  void metreAndBarsAreInOrderWhereTheMetreIsARule() {
    int broken = 0;
    for (int seed = 0; seed < 40; seed++) {
      draw(EnumSet.of(Rule.METRE), 0, "", seed); // which reads it strictly
      try {
        draw(EnumSet.noneOf(Rule.class), 0, "", seed);
      } catch (UserError e) {
        assertThat(e.kind()).isEqualTo(UserError.Kind.DATA);
        broken++;
      }
    }
    assertThat(broken).isGreaterThan(20);
  }

  @Test
  void thereAreAsManyBarsAsAreAskedFor() {
    for (int bars = 1; bars < 20; bars++) {
      String tune = draw(EnumSet.of(Rule.METRE), bars, "", bars).abc();
      assertThat(new AbcReader("the tune").wholeBars(TuneText.tune(tune, ""))).isEqualTo(bars);
    }
  }

  @Test
  void whatTheModelNeverReadCannotBeAsked() {
    assertThatThrownBy(() -> draw(EnumSet.noneOf(Rule.class), 0, "jig", 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no field R:; leave it out");
  }

  private static Composer.Draft draw(EnumSet<Rule> rules, int bars, String style, long seed) {
    ComposeRequest request =
        new ComposeRequest(
            Optional.of(60),
            Optional.empty(),
            bars,
            Optional.empty(),
            Optional.empty(),
            style,
            Optional.empty(),
            0,
            new SamplingConfig(1, 0, 1),
            rules,
            1,
            seed);
    Drawing drawing =
        new Drawing(new Careless(), request.sampling(), new SplittableRandom(request.seed()));
    return new AbcComposer(CODEC, drawing, request, (at, text) -> {}).draw();
  }

  /**
   * Writes a metre, right or wrong, a key, and notes, with a bar line or the end one time in four.
   */
  private static final class Careless implements NextSymbol {
    private String[] read; // the last two symbols of each text

    @Override
    public int symbols() {
      return CODEC.symbols();
    }

    @Override
    public void begin(int texts) {
      read = new String[texts];
      Arrays.fill(read, "");
    }

    @Override
    public float[][] read(int[] next) {
      float[][] all = new float[next.length][];
      for (int i = 0; i < next.length; i++) {
        read[i] = read[i].substring(Math.max(0, read[i].length() - 1)) + CODEC.spell(next[i]);
        all[i] = logs(read[i]);
      }
      return all;
    }

    private float[] logs(String last) {
      return switch (last) {
        case "" -> logs("M", 1);
        case "M", "\nK" -> logs(":", 1);
        case "M:" -> logs("1", 0.5, "G", 0.5);
        case ":1", ":G" -> logs("/", 1);
        case "1/", "G/" -> logs("4", 1);
        case "/4", ":C" -> logs("\n", 1);
        case "4\n" -> logs("K", 1);
        case "K:" -> logs("C", 1);
        default -> logs("C", 0.4, "G", 0.35, "|", 0.22, "", 0.03);
      };
    }

    private static float[] logs(Object... probabilities) {
      float[] logs = new float[CODEC.symbols()];
      Arrays.fill(logs, Float.NEGATIVE_INFINITY);
      for (int i = 0; i < probabilities.length; i += 2) {
        String text = (String) probabilities[i];
        int symbol = text.isEmpty() ? Codec.END : CODEC.symbols(text)[0];
        logs[symbol] = (float) Math.log(((Number) probabilities[i + 1]).doubleValue());
      }
      return logs;
    }

    @Override
    public void branch(int[] parents) {
      read = Arrays.stream(parents).mapToObj(parent -> read[parent]).toArray(String[]::new);
    }
  }
}
