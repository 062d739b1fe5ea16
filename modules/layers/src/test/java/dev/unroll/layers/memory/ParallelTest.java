package dev.unroll.layers.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
  private static final int THREADS = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(THREADS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyPartRunsOnce(int threads) {
    Parallel.threads(threads);
    for (int parts : new int[] {0, 1, 2, 100}) {
      AtomicIntegerArray runs = new AtomicIntegerArray(parts);
      Parallel.forEach(parts, runs::incrementAndGet);
      for (int part = 0; part < parts; part++) {
        assertThat(runs.get(part)).isOne();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whatAPartThrowsIsThrownToTheCaller(int threads) {
    Parallel.threads(threads);
    IllegalArgumentException failure = new IllegalArgumentException("part 7");

    assertThatThrownBy(
            () ->
                Parallel.forEach(
                    20,
                    part -> {
                      if (part == 7) {
                        throw failure;
                      }
                    }))
        .isSameAs(failure);
  }
}
