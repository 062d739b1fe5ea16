package dev.unroll.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PerplexityTest {
  /** Eight characters at 1/2 and four at 1/8: 20 bits in all. */
  @Test
  void averagesOverTheCharacters() {
    Perplexity scores = new Perplexity();
    scores.add(8 * Math.log(1 / 2.0), 8);
    scores.add(4 * Math.log(1 / 8.0), 4);
    scores.addUnknown(1);
    assertThat(scores.bitsPerCharacter()).isCloseTo(20 / 12.0, within(1e-14));
    assertThat(scores.natsPerCharacter()).isCloseTo(20 / 12.0 * Math.log(2), within(1e-14));
    assertThat(scores.perplexity()).isCloseTo(Math.pow(2, 20 / 12.0), within(1e-13));
    assertThat(scores.toMap().keySet())
        .containsExactly(
            "characters", "unknown", "natsPerCharacter", "bitsPerCharacter", "perplexity");
    assertThat(scores)
        .hasToString(
            "12 characters (1 unknown): 1.1552 nats per character, 1.6667 bits per character,"
                + " perplexity 3.1748\n");
  }

  @Test
  void nothingCountedIsNotANumber() {
    assertThat(new Perplexity().natsPerCharacter()).isNaN();
    assertThat(new Perplexity().perplexity()).isNaN();
  }

  @Test
  void refusesWhatIsNoLogProbability() {
    Perplexity scores = new Perplexity();
    assertThatThrownBy(() -> scores.add(0.1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scores.add(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scores.add(-1, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
