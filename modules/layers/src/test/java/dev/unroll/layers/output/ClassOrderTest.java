package dev.unroll.layers.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassOrderTest {
  private static final int CLASSES = 8;

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "0", "3", "7,0", "0,1", "5,2,6", "7,6,5,4,3,2,1,0"})
  void movesTheNamedClassesToTheFront(String named) {
    int[] first =
        named.isEmpty()
            ? new int[0]
            : java.util.Arrays.stream(named.split(",")).mapToInt(Integer::parseInt).toArray();
    List<Integer> byRank = new ArrayList<>();
    IntStream.of(first).forEach(byRank::add);
    IntStream.range(0, CLASSES).filter(label -> !byRank.contains(label)).forEach(byRank::add);

    ClassOrder order = new ClassOrder(CLASSES, first);

    float[] values = new float[CLASSES];
    for (int rank = 0; rank < CLASSES; rank++) {
      assertThat(order.rank(byRank.get(rank))).isEqualTo(rank);
      values[rank] = byRank.get(rank);
    }
    float[] byClass = new float[CLASSES];
    order.toClasses(values, byClass);
    assertThat(byClass).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }
}
