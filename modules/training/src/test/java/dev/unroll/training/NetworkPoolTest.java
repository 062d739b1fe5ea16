package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceSoftmax;
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
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

class NetworkPoolTest {
  private static final int MOST = 3;

  private static NetworkPool pool() {
    return pool(MOST);
  }

  private static NetworkPool pool(int most) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.recurrent(2))
                .addLayer("lstm", new Lstm.Builder().nOut(3).build(), "x")
                .addLayer("output", new SequenceSoftmax.Builder().nOut(2).build(), "lstm")
                .setOutputs("output")
                .build());
    network.init();
    return new NetworkPool(network, most);
  }

  private static int openMpThreads() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }

  @Test
  void aNetworkOnLoanIsNobodyElses() {
    NetworkPool pool = pool();
    pool.with(
        first ->
            pool.with(
                second -> {
                  assertThat(second).isNotSameAs(first);
                  assertThat(second.params()).isEqualTo(first.params());
                  return null;
                }));
    ComputationGraph again = pool.with(network -> network);
    assertThat(pool.<ComputationGraph>with(network -> network)).isNotNull();
    assertThat(again.params()).isEqualTo(pool.original().params());
  }

  @Test
  void thereAreNoMoreNetworksThanAskedForHoweverManyThreadsCall() throws Exception {
    NetworkPool pool = pool();
    Set<ComputationGraph> made = Collections.newSetFromMap(new IdentityHashMap<>());
    AtomicInteger lent = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    INDArray x = Nd4j.ones(1, 2, 4);
    INDArray expected = pool.with(network -> network.outputSingle(x).dup());
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      List<Callable<INDArray>> calls = new ArrayList<>();
      for (int call = 0; call < 640; call++) {
        boolean fails = call % 5 == 0;
        calls.add(
            () ->
                pool.with(
                    network -> {
                      most.accumulateAndGet(lent.incrementAndGet(), Math::max);
                      try {
                        synchronized (made) {
                          made.add(network);
                        }
                        if (fails) {
                          throw new IllegalStateException("no");
                        }
                        return network.outputSingle(x).dup();
                      } finally {
                        lent.decrementAndGet();
                      }
                    }));
      }
      int failed = 0;
      for (Future<INDArray> answer : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        try {
          assertThat(answer.get()).isEqualTo(expected);
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
    NetworkPool pool = pool(1);
    List<Integer> served = new ArrayList<>();
    List<Thread> waiting = new ArrayList<>();
    pool.with(
        network -> {
          for (int i = 0; i < 8; i++) {
            int number = i;
            Thread thread = new Thread(() -> pool.with(own -> served.add(number)));
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
  void whoHoldsANetworkWaitsForNoOther() {
    NetworkPool pool = pool(1);
    INDArray x = Nd4j.ones(1, 2, 4);
    pool.with(
        outer -> {
          assertThatThrownBy(
                  () ->
                      pool.with(
                          inner -> {
                            throw new IllegalStateException("no");
                          }))
              .hasMessage("no");
          INDArray answer =
              pool.with(
                  inner -> {
                    assertThat(inner).isNotSameAs(outer);
                    return pool.with(third -> third.outputSingle(x).dup());
                  });
          assertThat(answer).isEqualTo(outer.outputSingle(x));
          return null;
        });
    assertThat(pool.<ComputationGraph>with(network -> network)).isSameAs(pool.original());
  }

  @Test
  void nativeTeamsOfThreadsRestMeanwhile() {
    NetworkPool pool = pool();
    var openMp = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int before = openMpThreads();
    try {
      openMp.setOmpNumThreads(3);
      assertThat(pool.<Integer>with(network -> openMpThreads())).isEqualTo(1);
      assertThat(openMpThreads()).isEqualTo(3);
      assertThatThrownBy(
              () ->
                  pool.with(
                      network -> {
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
      assertThat(openMpThreads()).isEqualTo(3);
    } finally {
      openMp.setOmpNumThreads(before);
    }
  }
}
