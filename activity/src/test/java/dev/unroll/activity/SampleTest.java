package dev.unroll.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void theSampleIsWhatItsClassMakes() {
    assertThat(SampleMotions.csv(Sample.train().examples()))
        .isEqualTo(SampleMotions.csv(SampleMotions.train()));
    assertThat(SampleMotions.csv(Sample.test().examples()))
        .isEqualTo(SampleMotions.csv(SampleMotions.test()));
    assertThat(Recording.labels(Sample.train())).containsExactlyElementsOf(SampleMotions.LABELS);
  }
}
