package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccurrencesTest {

  /** Few ids are counted, many are sorted; a map knows neither. */
  @ParameterizedTest
  @CsvSource({"0, 5", "1, 1", "50, 3", "50, 40", "50, 400", "50, 401", "50, 2000000000"})
  void positionsAreGroupedByRow(int count, int ids) {
    Random random = new Random(count + ids);
    int[] read = new int[count];
    Map<Integer, List<Integer>> expected = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      read[i] = random.nextInt(5) == 0 ? -1 : random.nextInt(ids);
      if (read[i] >= 0) {
        expected.computeIfAbsent(read[i], id -> new ArrayList<>()).add(i);
      }
    }
    Occurrences found = Occurrences.of(read);

    Map<Integer, List<Integer>> actual = new TreeMap<>();
    for (int row = 0; row < found.rows().length; row++) {
      for (int k = found.start(row); k < found.start(row + 1); k++) {
        actual.computeIfAbsent(found.rows()[row], id -> new ArrayList<>()).add(found.position(k));
      }
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(found.rows()).isSorted();
    assertThat(found.starts()).hasSize(found.rows().length + 1);
    assertThat(found.positions()).hasSize(found.starts()[found.rows().length]);
  }
}
