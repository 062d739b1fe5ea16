package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceSoftmax;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOpsHolder;

class NetworkPoolTest {
  private static NetworkPool pool() {
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
    return new NetworkPool(network);
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
