package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExampleDigestTest {
  private record Recording(String label, float[][] frames, Optional<Path> source) {}

  private record Notes(List<int[]> chords, double[] times, byte[] raw, long[] ticks, Kind kind) {}

  private enum Kind {
    MAJOR,
    MINOR
  }

  private static Recording recording(String label, float value) {
    return new Recording(label, new float[][] {{1, 2}, {value, 4}}, Optional.of(Path.of("a.wav")));
  }

  private static Notes notes(int key, double time, int raw, long tick, Kind kind) {
    return new Notes(
        List.of(new int[] {60, key}),
        new double[] {0, time},
        new byte[] {1, (byte) raw},
        new long[] {tick},
        kind);
  }

  @Test
  void arraysCountByWhatTheyHold() {
    assertThat(ExampleDigest.of(List.of(recording("walk", 3))))
        .isEqualTo(ExampleDigest.of(List.of(recording("walk", 3))))
        .hasSize(64);
  }

  @Test
  void anyDifferenceIsOne() {
    Set<String> digests = new LinkedHashSet<>();
    List<List<?>> corpora =
        List.of(
            List.of(recording("walk", 3)),
            List.of(recording("walk", Math.nextUp(3f))),
            List.of(recording("run", 3)),
            List.of(recording("walk", 3), recording("walk", 3)),
            List.of(new Recording("walk", new float[][] {{1, 2, 3, 4}}, Optional.empty())),
            List.of(new Recording("walk", new float[][] {{1, 2}, {3, 4}}, Optional.empty())),
            List.of(new Recording(null, new float[][] {{1, 2}, {3, 4}}, Optional.empty())),
            List.of(notes(64, 1, 2, 3, Kind.MAJOR)),
            List.of(notes(63, 1, 2, 3, Kind.MAJOR)),
            List.of(notes(64, 1.5, 2, 3, Kind.MAJOR)),
            List.of(notes(64, 1, 7, 3, Kind.MAJOR)),
            List.of(notes(64, 1, 2, 4, Kind.MAJOR)),
            List.of(notes(64, 1, 2, 3, Kind.MINOR)),
            List.of("ab", "c"),
            List.of("a", "bc"),
            List.of("abc"),
            List.of(List.of("a", "b"), List.of("c")),
            List.of(List.of("a"), List.of("b", "c")),
            List.of());
    corpora.forEach(corpus -> digests.add(ExampleDigest.of(corpus)));
    assertThat(digests).hasSize(corpora.size());
  }

  @Test
  void longTextAndLongArraysAreReadToTheirEnd() {
    float[] silence = new float[200_000];
    float[] click = silence.clone();
    click[199_999] = 1;
    String text = "x".repeat(200_000);
    assertThat(ExampleDigest.of(List.of(silence))).isNotEqualTo(ExampleDigest.of(List.of(click)));
    assertThat(ExampleDigest.of(List.of(text + "a")))
        .isNotEqualTo(ExampleDigest.of(List.of(text + "b")));
  }

  /** Not even a repetition of the same run would have the same digest. */
  @Test
  void whatDoesNotSayWhatItHoldsIsRefused() {
    assertThatThrownBy(() -> ExampleDigest.of(Arrays.asList("a", new Object())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Object")
        .hasMessageContaining("make it a record");
  }
}
