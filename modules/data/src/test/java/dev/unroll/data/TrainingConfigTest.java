package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingConfigTest {
  private static TrainingConfig config(String schedule, double warmup) {
    return Settings.with(
        TrainingConfig.defaults(),
        Map.of("schedule", schedule, "warmup", String.valueOf(warmup), "learning-rate", "0.8"));
  }

  @Test
  void warmsUpFromNothingAndDecaysToNothing() {
    for (String schedule : new String[] {"linear", "cosine"}) {
      TrainingConfig config = config(schedule, 0.2);
      assertThat(config.learningRateAt(0, 0)).isZero();
      assertThat(config.learningRateAt(0.1, 0)).isEqualTo(0.4, within(1e-12));
      assertThat(config.learningRateAt(0.2, 0)).isEqualTo(0.8, within(1e-12));
      assertThat(config.learningRateAt(0.6, 0)).as(schedule).isEqualTo(0.4, within(1e-12));
      assertThat(config.learningRateAt(1, 0)).isEqualTo(0, within(1e-12));
    }
  }

  @Test
  void theOthersHoldOrHalve() {
    assertThat(config("constant", 0).learningRateAt(0.9, 3)).isEqualTo(0.8);
    assertThat(config("plateau", 0).learningRateAt(0.9, 3)).isEqualTo(0.1, within(1e-12));
  }
}
