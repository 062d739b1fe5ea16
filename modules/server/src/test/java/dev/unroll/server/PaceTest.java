package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.serving.Arguments;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Arguments USUAL = new Arguments(Map.of("top", 1));
  private static final long MILLISECOND = 1_000_000;

  private final Pace pace = new Pace();

  @Test
  void nothingIsKnownBeforeTheFirstCall() {
    assertThat(pace.isShort(USUAL, 1)).isFalse();
  }

  @Test
  void aLongerTextTakesLonger() {
    pace.took(USUAL, 100, MILLISECOND);
    assertThat(pace.isShort(USUAL, 1)).isTrue();
    assertThat(pace.isShort(USUAL, 500)).isTrue();
    assertThat(pace.isShort(USUAL, 501)).isFalse();
  }

  /** Whoever sends many short texts and then a long one does not have it taken for short. */
  @Test
  void whatIsForgottenIsForgottenWithItsLength() {
    pace.took(USUAL, 10_000, 100 * MILLISECOND);
    for (int i = 0; i < 1000; i++) {
      pace.took(USUAL, 1, 10_000);
    }
    assertThat(pace.isShort(USUAL, 1)).isTrue();
    assertThat(pace.isShort(USUAL, 10_000)).isFalse();
  }

  @Test
  void aSlowCallIsRememberedForAWhile() {
    pace.took(USUAL, 100, 10 * MILLISECOND);
    pace.took(USUAL, 100, MILLISECOND);
    assertThat(pace.isShort(USUAL, 100)).isFalse();
    for (int i = 0; i < 100; i++) {
      pace.took(USUAL, 100, MILLISECOND);
    }
    assertThat(pace.isShort(USUAL, 100)).isTrue();
  }

  @Test
  void otherArgumentsMayTakeLonger() {
    pace.took(USUAL, 100, MILLISECOND);
    assertThat(pace.isShort(new Arguments(Map.of("top", 100)), 100)).isFalse();
  }

  @Test
  void noTextAtAllIsNotEndlesslyShorterThanAny() {
    pace.took(USUAL, 0, MILLISECOND);
    assertThat(pace.isShort(USUAL, 0)).isTrue();
    assertThat(pace.isShort(USUAL, 5)).isTrue();
    assertThat(pace.isShort(USUAL, 6)).isFalse();
  }
}
