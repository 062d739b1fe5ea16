package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FineTuningTest {
  @Test
  void lowerLayersLearnMoreSlowly() {
    FineTuning rates = new FineTuning(2, 2, 0.5, false);
    assertThat(rates.factor("output", 1)).isEqualTo(1);
    assertThat(rates.factor("recurrent2", 1)).isEqualTo(0.5);
    assertThat(rates.factor("recurrent1", 1)).isEqualTo(0.25);
    assertThat(rates.factor("embedding", 9)).isEqualTo(0.125, within(1e-12));
  }

  @Test
  void eachEpochOneMoreLayerLearns() {
    FineTuning rates = new FineTuning(2, 2, 1, true);
    String[] fromTheTop = {"output", "recurrent2", "recurrent1", "embedding"};
    for (int epoch = 1; epoch <= 5; epoch++) {
      for (int depth = 0; depth < fromTheTop.length; depth++) {
        assertThat(rates.factor(fromTheTop[depth], epoch))
            .as(fromTheTop[depth] + " in epoch " + epoch)
            .isEqualTo(depth < epoch ? 1 : 0);
      }
    }
  }

  @Test
  void anOutputOfALanguageModelLearnsAsWhatIsAboveItsStates() {
    FineTuning top = new FineTuning(2, 2, 0.5, true);
    FineTuning first = new FineTuning(2, 1, 0.5, true);
    for (int epoch = 1; epoch <= 4; epoch++) {
      assertThat(top.factor("next-word", epoch)).isEqualTo(top.factor("output", epoch));
      assertThat(first.factor("next-word", epoch)).isEqualTo(first.factor("recurrent2", epoch));
      assertThat(first.factor("previous-word", epoch)).isEqualTo(first.factor("next-word", epoch));
    }
  }
}
