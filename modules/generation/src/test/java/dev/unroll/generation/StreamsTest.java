package dev.unroll.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsTest {
  private static Symbols numbers(int size) {
    return Symbols.of(IntStream.range(0, size).toArray());
  }

  private static String row(Stretch stretch) {
    return IntStream.range(0, stretch.length())
        .mapToObj(t -> stretch.input(t) + ">" + stretch.target(t))
        .collect(Collectors.joining(" "));
  }

  @Test
  void isThePictureOfTheDocumentation() {
    Streams streams = new Streams(numbers(17), 3, 3);
    assertThat(streams.windows(2)).isEqualTo(3);
    assertThat(streams.window(0, 2))
        .extracting(StreamsTest::row)
        .containsExactly("0>1 1>2", "6>7 7>8", "11>12 12>13");
    assertThat(streams.window(1, 2))
        .extracting(StreamsTest::row)
        .containsExactly("2>3 3>4 4>5", "8>9 9>10 10>11", "13>14 14>15 15>16");
    assertThat(streams.window(2, 2)).extracting(StreamsTest::row).containsExactly("5>6", "", "");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, 1, 1",
    "2, 5, 7, 3",
    "3, 2, 1, 1",
    "100, 7, 9, 4",
    "101, 1, 10, 10",
    "57, 56, 3, 2",
    "1000, 32, 64, 1"
  })
  void everyStepIsReadOnceAndInOrder(int symbols, int count, int window, int first) {
    Streams streams = new Streams(numbers(symbols), count, window);
    List<List<Integer>> read = new ArrayList<>();
    for (int i = 0; i < streams.count(); i++) {
      read.add(new ArrayList<>());
    }
    for (int w = 0; w < streams.windows(first); w++) {
      List<Stretch> stretches = streams.window(w, first);
      assertThat(stretches.stream().mapToInt(Stretch::length).max().orElseThrow())
          .isBetween(1, window);
      assertThat(stretches.stream().mapToInt(Stretch::length).sum())
          .isEqualTo(streams.steps(w, first));
      for (int i = 0; i < stretches.size(); i++) {
        for (int t = 0; t < stretches.get(i).length(); t++) {
          read.get(i).add(stretches.get(i).input(t));
        }
      }
    }
    List<Integer> all = read.stream().flatMap(List::stream).toList();
    assertThat(all).isEqualTo(IntStream.range(0, symbols - 1).boxed().toList());
    assertThat(read).allMatch(stream -> !stream.isEmpty());
  }

  /** Of five thousand million symbols, each its own index. */
  @Test
  void aTextMayBeLongerThanAnArray() {
    long size = 5_000_000_001L;
    Streams streams = new Streams(new Indices(size), 8, 100);
    assertThat(streams.steps()).isEqualTo(5_000_000_000L);
    assertThat(streams.windows(1)).isEqualTo(6_250_001);
    Stretch first = streams.window(1, 30).get(7);
    assertThat(first.input(0)).isEqualTo((int) (7 * 625_000_000L + 30));
    List<Stretch> last = streams.window(6_250_000, 1);
    assertThat(last).allMatch(stretch -> stretch.length() == 99);
    assertThat(last.get(7).target(98)).isEqualTo((int) (size - 1));
  }

  private record Indices(long size) implements Symbols {
    @Override
    public void read(long from, int[] target, int offset, int length) {
      for (int i = 0; i < length; i++) {
        target[offset + i] = (int) (from + i);
      }
    }
  }

  @Test
  void moreWindowsThanCanBeCountedAreRefused() {
    assertThatThrownBy(() -> new Streams(new Indices(5_000_000_001L), 1, 2))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("give a larger batch");
  }

  @Test
  void refusesTextWithNothingToPredict() {
    assertThatThrownBy(() -> new Streams(numbers(1), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 symbols");
  }
}
