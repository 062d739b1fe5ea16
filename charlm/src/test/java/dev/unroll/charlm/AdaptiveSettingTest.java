package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import dev.unroll.generation.Symbols;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveSettingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""              | none
          none            | none
          None            | none
          AUTO            | auto
          2000            | 2000
          2000, 10000     | 2000,10000
          1,2,3           | 1,2,3
          """)
  void isWrittenInOneWay(String given, String written) {
    CharLmConfig config = CharLmConfig.with(Map.of("level", "word", "adaptive-softmax", given));
    assertThat(config.adaptiveSoftmax()).isEqualTo(written);
    assertThat(config.toProperties()).containsEntry("adaptive-softmax", written);
    assertThat(CharLmConfig.with(config.toProperties())).isEqualTo(config);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "5,5", "9,5", "5,", ",5", "5;9", "many", "99999999999"})
  void isAscendingNumbers(String given) {
    assertThatThrownBy(() -> CharLmConfig.with(Map.of("level", "word", "adaptive-softmax", given)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "adaptive-softmax must be none, auto or ascending numbers of words such as 2000,10000,"
                + " got '%s'",
            given);
  }

  @Test
  void isForWordsThatAreNotTied() {
    assertThatThrownBy(() -> CharLmConfig.with(Map.of("adaptive-softmax", "auto")).checked())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("adaptive-softmax is for words")
        .hasMessageContaining("add level word, or leave it out");
    assertThatThrownBy(
            () ->
                CharLmConfig.with(Map.of("adaptive-softmax", "9", "level", "word", "tied", "true"))
                    .checked())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("leave out tied");
  }

  @Test
  void leavesEachTailAWord() {
    AdaptiveSetting setting = AdaptiveSetting.parse("3,7");
    assertThat(setting.cutoffs(8)).containsExactly(3, 7);
    assertThatThrownBy(() -> setting.cutoffs(7))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "adaptive-softmax must be below the number of symbols, 7, got 3,7; take smaller"
                + " numbers, or auto");
  }

  @Test
  void suitsTheText() {
    AdaptiveSetting auto = AdaptiveSetting.parse("auto");
    // The last symbol is as frequent as all others together; of these each is as frequent.
    int symbols = 4000;
    int[] text =
        IntStream.range(0, 2 * symbols).map(i -> i % 2 == 0 ? symbols - 1 : i / 2).toArray();
    assertThat(auto.choose(Symbols.of(text), symbols, 64).toString()).isEqualTo("none");
    int[] mostly = // nine in ten are of the last ten numbers: those of no use as a head
        IntStream.range(0, 40_000).map(i -> i % 10 > 0 ? symbols - 11 + i % 10 : i / 10).toArray();
    assertThat(auto.choose(Symbols.of(mostly), symbols, 64).toString()).isEqualTo("none");
    int[] head = IntStream.range(0, 40_000).map(i -> i % 10 > 0 ? i % 10 : i / 10).toArray();
    AdaptiveSetting chosen = auto.choose(Symbols.of(head), symbols, 64);
    assertThat(chosen.cutoffs(symbols)).isNotEmpty();
    assertThat(chosen.cutoffs(symbols).get(0)).isBetween(10, 400);
    assertThat(chosen.choose(Symbols.of(text), symbols, 64)).isEqualTo(chosen);
    assertThatThrownBy(() -> auto.cutoffs(symbols)).isInstanceOf(IllegalStateException.class);
  }
}
