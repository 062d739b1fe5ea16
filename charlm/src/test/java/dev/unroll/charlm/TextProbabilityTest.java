package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.generation.Symbols;
import dev.unroll.layers.forward.ForwardNetwork;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextProbabilityTest {
  private static final CharLmConfig CONFIG = Verse.config();
  private static final CharEncoder ENCODER = CharEncoder.fit(Verse.corpus(CONFIG), CONFIG);
  private static final ForwardNetwork NETWORK =
      Verse.forward(CharLmNetwork.build(CONFIG, ENCODER.symbols()));

  private static int[] symbols(int count) {
    return new Random(count).ints(count, 1, ENCODER.symbols()).toArray();
  }

  /** Whatever the parts, nothing is counted twice and nothing is left out. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 257, 2048, 2049, 2050, 3333, 40_000})
  void everySymbolButTheFirstIsCountedOnce(int count) {
    int[] symbols = symbols(count);
    int[] expected = new int[ENCODER.symbols()];
    for (int i = 1; i < count; i++) {
      expected[symbols[i]]++;
    }
    int[] counted = new int[ENCODER.symbols()];
    TextProbability.sideBySide(
        NETWORK,
        ENCODER,
        Symbols.of(symbols),
        symbol -> {
          counted[symbol]++;
          return true;
        });
    assertThat(counted).isEqualTo(expected);
  }

  @Test
  void partsSideBySideAreAsProbableAsTheWhole() {
    Symbols symbols = Symbols.of(symbols(12_000));
    double whole = TextProbability.carried(NETWORK, ENCODER, symbols, symbol -> true);
    double parts = TextProbability.sideBySide(NETWORK, ENCODER, symbols, symbol -> true);
    assertThat(parts / 11_999).isEqualTo(whole / 11_999, within(1e-6));
  }

  @Test
  void aShortTextIsReadAsAWhole() {
    Symbols symbols = Symbols.of(symbols(2_000));
    assertThat(TextProbability.sideBySide(NETWORK, ENCODER, symbols, symbol -> true))
        .isEqualTo(TextProbability.carried(NETWORK, ENCODER, symbols, symbol -> true));
  }
}
