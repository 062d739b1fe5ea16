package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.memory.Parallel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOpsHolder;

class LenderTest {
  private static final int MOST = 3;

  private static Lender<Object> lender(int most) {
    return new Lender<>(Object::new, most, Parallel::singleThreaded);
  }

  private static int openMpThreads() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }

  @Test
  void whatIsOnLoanIsNobodyElses() {
    Lender<Object> lender = lender(MOST);
    Object outer =
        lender.with(
            first ->
                lender.with(
                    second -> {
                      assertThat(second).isNotSameAs(first);
                      return first;
                    }));
    assertThat(lender.<Object>with(again -> again)).isNotNull();
    assertThat(outer).isNotNull();
  }

  @Test
  void thereAreNoMoreThanAskedForHoweverManyThreadsCall() throws Exception {
    Lender<Object> lender = lender(MOST);
    Set<Object> made = Collections.newSetFromMap(new IdentityHashMap<>());
    AtomicInteger lent = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int call = 0; call < 640; call++) {
        int number = call;
        calls.add(
            () ->
                lender.with(
                    one -> {
                      most.accumulateAndGet(lent.incrementAndGet(), Math::max);
                      try {
                        synchronized (made) {
                          made.add(one);
                        }
                        if (number % 5 == 0) {
                          throw new IllegalStateException("no");
                        }
                        return number;
                      } finally {
                        lent.decrementAndGet();
                      }
                    }));
      }
      int failed = 0;
      List<Future<Integer>> answers = threads.invokeAll(calls, 60, TimeUnit.SECONDS);
      for (int call = 0; call < answers.size(); call++) {
        try {
          assertThat(answers.get(call).get()).isEqualTo(call);
        } catch (ExecutionException e) {
          assertThat(e.getCause()).hasMessage("no");
          failed++;
        }
      }
      assertThat(failed).isEqualTo(128);
    } finally {
      threads.shutdownNow();
    }
    assertThat(made).hasSizeBetween(1, MOST);
    assertThat(most.get()).isBetween(1, MOST);
  }

  @Test
  void whoComesFirstIsServedFirst() throws Exception {
    Lender<Object> lender = lender(1);
    List<Integer> served = new ArrayList<>();
    List<Thread> waiting = new ArrayList<>();
    lender.with(
        one -> {
          for (int i = 0; i < 8; i++) {
            int number = i;
            Thread thread = new Thread(() -> lender.with(own -> served.add(number)));
            thread.start();
            while (thread.getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
            waiting.add(thread);
          }
          return null;
        });
    for (Thread thread : waiting) {
      thread.join(10_000);
    }
    assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void whoHoldsOneWaitsForNoOther() {
    Lender<Object> lender = lender(1);
    Object first = new Object();
    lender.add(first);
    lender.with(
        outer -> {
          assertThat(outer).isSameAs(first);
          assertThatThrownBy(
                  () ->
                      lender.with(
                          inner -> {
                            throw new IllegalStateException("no");
                          }))
              .hasMessage("no");
          return lender.with(
              inner -> {
                assertThat(inner).isNotSameAs(outer);
                return lender.with(third -> third);
              });
        });
    assertThat(lender.<Object>with(one -> one)).isSameAs(first);
  }

  @Test
  void nativeTeamsOfThreadsRestMeanwhile() {
    Lender<Object> lender = lender(MOST);
    var openMp = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int before = openMpThreads();
    try {
      openMp.setOmpNumThreads(3);
      assertThat(lender.<Integer>with(one -> openMpThreads())).isEqualTo(1);
      assertThat(openMpThreads()).isEqualTo(3);
      assertThatThrownBy(
              () ->
                  lender.with(
                      one -> {
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
      assertThat(openMpThreads()).isEqualTo(3);
    } finally {
      openMp.setOmpNumThreads(before);
    }
  }
}
