package dev.unroll.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ActivityStreamTest {
  private static ActivityModel model;

  @BeforeAll
  static void learn() {
    model = Handful.train(Handful.config("epochs", "2"));
  }

  private static ActivityStream stream(double window, double hop) {
    return new ActivityStream(model, Handful.CHANNELS, window, hop, 0);
  }

  private static float[] step(int t) {
    return new float[] {20 + t % 5 / 5f, t};
  }

  private static double probabilityOf(int from, int to, String label) {
    float[][] values = new float[to - from][];
    for (int t = from; t < to; t++) {
      values[t - from] = step(t);
    }
    return model
        .recognise(Recording.unlabelled("x", Handful.CHANNELS, values))
        .probabilities()
        .get(label);
  }

  @Test
  void everyWindowIsAnsweredAsTheRecordingThatItIs() {
    ActivityStream stream = stream(6, 3);
    List<Spotted> spotted = new ArrayList<>();
    for (int t = 0; t < 20; t++) {
      List<Spotted> seen = stream.accept(t, step(t));
      assertThat(seen).hasSize(t >= 6 && t % 3 == 0 ? 1 : 0);
      spotted.addAll(seen);
    }
    assertThat(spotted).extracting(Spotted::start).containsExactly(0.0, 3.0, 6.0, 9.0, 12.0);
    assertThat(spotted).extracting(Spotted::end).containsExactly(6.0, 9.0, 12.0, 15.0, 18.0);
    for (Spotted one : spotted) {
      assertThat(one.probability())
          .isEqualTo(probabilityOf((int) one.start(), (int) one.end(), one.label()), within(1e-5));
    }
    assertThat(stream.end()).isEmpty();
  }

  @Test
  void aPauseHasNoWindowsAndWhatCameBeforeItIsAnswered() {
    ActivityStream stream = stream(2, 1);
    List<Spotted> spotted = new ArrayList<>();
    for (double time : new double[] {0, 0.5, 1.5, 1e9, 1e9 + 1, 1e9 + 2.5}) {
      spotted.addAll(stream.accept(time, step(1)));
    }
    assertThat(spotted).extracting(Spotted::start).startsWith(0.0, 1.0).hasSizeLessThan(6);
    assertThat(spotted.get(spotted.size() - 1).end()).isGreaterThan(1e9);
  }

  @Test
  void aStreamShorterThanAWindowIsAnsweredAtItsEnd() {
    ActivityStream stream = stream(100, 50);
    for (int t = 0; t < 4; t++) {
      assertThat(stream.accept(t, step(t))).isEmpty();
    }
    Spotted all = stream.end().orElseThrow();
    assertThat(all.end()).isEqualTo(3);
    assertThat(all.probability()).isEqualTo(probabilityOf(0, 4, all.label()), within(1e-5));
    assertThat(stream(1, 1).end()).isEmpty();
  }

  @Test
  void timeDoesNotGoBackAndWindowsAreNotJumpedOver() {
    ActivityStream stream = stream(2, 1);
    stream.accept(5, step(0));
    assertThatThrownBy(() -> stream.accept(4, step(0))).hasMessageContaining("from 5.0 to 4.0");
    assertThatThrownBy(() -> stream(1, 2)).hasMessageContaining("a window of 1.0 moving by 2.0");
  }
}
