package dev.unroll.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolBufferTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "1, 5", "7, 6", "7, 7", "7, 8", "64, 1000"})
  void holdsWhatWasAddedWhateverWasExpected(int capacity, int count) {
    SymbolBuffer buffer = new SymbolBuffer(capacity);
    int[] added = IntStream.range(0, count).map(i -> 3 * i).toArray();
    for (int symbol : added) {
      buffer.add(symbol);
    }
    int[] before = buffer.toArray();
    assertThat(before).isEqualTo(added);
    buffer.add(-1);
    assertThat(before).isEqualTo(added);
  }
}
