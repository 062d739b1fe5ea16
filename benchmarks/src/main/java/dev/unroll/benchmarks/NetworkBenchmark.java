package dev.unroll.benchmarks;

import dev.unroll.layers.Stepper;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.training.Optimizer;
import dev.unroll.training.OptimizerConfig;
import dev.unroll.training.TrainingStep;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A training step (forward, backward, Adam), or the outputs for a batch of 1 or 64. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
public class NetworkBenchmark {
  private static final long WARM_UP_NANOS = 3_000_000_000L;

  /** Whose layers: unroll or deeplearning4j. */
  @Param("unroll")
  public String library;

  /** A name for {@link Work#of}. */
  @Param("lstm-256")
  public String network;

  /** What is measured: train, infer-1, infer-64, step-1 or rnnTimeStep-1. */
  @Param("train")
  public String work;

  private Supplier<Object> task;

  /** Builds the network and the batch, and warms up. */
  @Setup
  public void setUp() {
    prepare();
    warmUp();
  }

  /** Builds the network and the batch. */
  void prepare() {
    Work of = Work.of(network);
    boolean ours = library.equals("unroll");
    int batch = work.equals("train") ? of.batch() : Integer.parseInt(work.split("-")[1]);
    ComputationGraph graph = ours ? Graphs.ours(of) : Graphs.stock(of);
    MultiDataSet data = ours ? Inputs.ours(of, batch) : Inputs.stock(of, batch);
    if (!work.equals("train")) {
      task =
          switch (work.split("-")[0]) {
            case "infer" -> inference(graph, data);
            case "step" -> step(graph, data);
            case "rnnTimeStep" -> timeStep(graph, data);
            default -> throw new IllegalArgumentException("no such work: " + work);
          };
    } else if (ours) {
      task = training(graph, data);
    } else {
      task =
          () -> {
            graph.fit(data);
            return graph;
          };
    }
  }

  /**
   * Until the code is compiled: a second of JMH's clock may be a few steps on a machine with other
   * work.
   */
  private void warmUp() {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long end = clock.getCurrentThreadCpuTime() + WARM_UP_NANOS;
    while (clock.getCurrentThreadCpuTime() < end) {
      task.get();
    }
  }

  private static Supplier<Object> training(ComputationGraph graph, MultiDataSet data) {
    Optimizer optimizer = new Optimizer(graph, OptimizerConfig.adam());
    long examples = data.getFeatures(0).size(0);
    // As a training takes it: on a GPU if that is what computes.
    TrainingStep steps = TrainingStep.of(graph, optimizer);
    return () -> steps.step(data, 1e-3, examples, layer -> 1);
  }

  private static Supplier<Object> inference(ComputationGraph graph, MultiDataSet data) {
    return () ->
        graph.output(
            false, data.getFeatures(), data.getFeaturesMaskArrays(), data.getLabelsMaskArrays());
  }

  /** One step of one sequence, with the state carried. */
  private static Supplier<Object> step(ComputationGraph graph, MultiDataSet data) {
    INDArray first = firstStep(data);
    float[] x = first.data().asFloat();
    Stepper stepper = Stepper.of(graph.getConfiguration(), ParameterTable.of(graph));
    stepper.begin(1);
    return () -> stepper.read(x);
  }

  /** The same by Deeplearning4j's own means. */
  private static Supplier<Object> timeStep(ComputationGraph graph, MultiDataSet data) {
    INDArray first = firstStep(data);
    return () -> graph.rnnTimeStep(first);
  }

  private static INDArray firstStep(MultiDataSet data) {
    return data.getFeatures(0)
        .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 1))
        .dup('f');
  }

  /** The work, once. */
  @Benchmark
  public Object run() {
    return task.get();
  }
}
