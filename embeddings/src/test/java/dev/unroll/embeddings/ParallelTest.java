package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ParallelTest {
  @AfterEach
  void asBefore() {
    Parallel.threads(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 0", "2, 1", "3, 7", "4, 1000", "16, 3", "5, 100003"})
  void everyTaskIsDoneOnce(int threads, int count) {
    Parallel.threads(threads);
    AtomicIntegerArray done = new AtomicIntegerArray(count);
    Parallel.forEach(count, done::incrementAndGet);
    assertThat(IntStream.range(0, count).map(done::get)).allMatch(times -> times == 1);
    assertThat(Parallel.map(count, i -> 3 * i))
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> 3 * i).toList());
  }

  @Test
  void oneThreadIsTheCaller() {
    Parallel.threads(1);
    assertThat(Parallel.map(100, i -> Thread.currentThread())).containsOnly(Thread.currentThread());
  }

  /** Each waits for the other, so there must be two; a third would be seen. */
  @Test
  void asManyThreadsWorkAsWereAskedFor() {
    Parallel.threads(2);
    CountDownLatch both = new CountDownLatch(2);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Parallel.forEach(
        20,
        i -> {
          threads.add(Thread.currentThread());
          both.countDown();
          await(both);
        });
    assertThat(threads).hasSize(2).contains(Thread.currentThread());
  }

  /** Twelve callers, and tasks within tasks: three threads of the pool help them, and no more. */
  @Test
  void manyCallersDoNotMakeManyThreads() throws Exception {
    Parallel.threads(4);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger done = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int c = 0; c < 12; c++) {
      Thread caller =
          new Thread(
              () -> {
                for (int round = 0; round < 50; round++) {
                  Parallel.forEach(
                      6,
                      i ->
                          Parallel.forEach(
                              10,
                              j -> {
                                threads.add(Thread.currentThread());
                                done.incrementAndGet();
                              }));
                }
              });
      caller.start();
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(done).hasValue(12 * 50 * 6 * 10);
    threads.removeAll(callers);
    assertThat(threads).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void whatATaskSharesOutItDoesAlone() {
    Parallel.threads(3);
    Parallel.forEach(
        6,
        i -> {
          Thread me = Thread.currentThread();
          Parallel.forEach(20, j -> assertThat(Thread.currentThread()).isSameAs(me));
        });
    CountDownLatch both = new CountDownLatch(2);
    Parallel.forEach( // afterwards they share again
        2,
        i -> {
          both.countDown();
          await(both);
        });
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void aFailureIsTheCallers(int threads) {
    Parallel.threads(threads);
    assertThatThrownBy(
            () ->
                Parallel.forEach(
                    50,
                    i -> {
                      if (i == 17) {
                        throw UserError.data("file", "vector 17");
                      }
                    }))
        .isInstanceOf(UserError.class)
        .hasMessage("file: vector 17");
    assertThatThrownBy(() -> Parallel.threads(0)).hasMessage("threads must be at least 1, got 0");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
