package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.unroll.training.Optimizer;
import dev.unroll.training.OptimizerConfig;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Sums, and Adam against the CPU's {@link Optimizer}. */
class OperationsAdamTest extends KernelTestBase {
  private static final int ROWS = 45;
  private static final int WIDTH = 101;

  /** The weights, and a bias of {@link #WIDTH}. */
  private static final int SIZE = ROWS * WIDTH + WIDTH;

  /** In pieces of any length up to the longest; parameter 0 is the weights, which decay. */
  private static final int[] CHUNKS = {
    0, 4096, 0, 4096, 1, 0, 4097, ROWS * WIDTH - 4097, 0, ROWS * WIDTH, WIDTH, 1
  };

  private static final double RATE = 0.02;
  private static final double DIVISOR = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 33, 100, 4096, 5000, 12_288})
  void sumsSquares(int length) {
    float[] values = floats(length);
    int blocks = (length + 4095) / 4096;
    assertThat(Operations.blocks(length)).isEqualTo(blocks);
    double[] expected = new double[blocks];
    for (int i = 0; i < length; i++) {
      expected[i / 4096] += (double) values[i] * values[i];
    }
    long address = memory.in(values);
    long partials = memory.outDoubles(blocks);
    operations.squaresOf(address, length, partials);
    assertThat(memory.doubles(partials)).containsExactly(expected, within(1e-9));

    long again = memory.outDoubles(blocks);
    operations.squaresOf(address, length, again);
    assertArrayEquals(memory.doubles(partials), memory.doubles(again));
  }

  @Test
  void sumsSquaresOfChunksOfWhatIsIncluded() {
    float[] gradient = floats(SIZE);
    double[] expected = new double[CHUNKS.length / 3];
    for (int c = 0; c < expected.length; c++) {
      for (int i = 0; i < CHUNKS[3 * c + 1] && CHUNKS[3 * c + 2] == 1; i++) {
        expected[c] += Math.pow(gradient[CHUNKS[3 * c] + i], 2);
      }
    }
    long partials = memory.outDoubles(expected.length);
    operations.squares(
        memory.in(gradient), memory.in(CHUNKS), expected.length, memory.in(0, 5), partials);
    assertThat(memory.doubles(partials)).containsExactly(expected, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 100, 5000})
  void sumsAll(int count) {
    float[] floats = floats(count);
    double[] doubles = random.doubles(count).toArray();
    long total = memory.outDoubles(1);
    operations.total(memory.in(doubles), count, total);
    assertThat(memory.doubles(total)[0]).isCloseTo(Arrays.stream(doubles).sum(), within(1e-10));
    operations.totalFloats(memory.in(floats), count, total);
    double expected = IntStream.range(0, count).mapToDouble(i -> floats[i]).sum();
    assertThat(memory.doubles(total)[0]).isCloseTo(expected, within(1e-10));
  }

  /** All parameters in chunks, and beside it some rows of the table that the weights are too. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1e6})
  void equalsTheOptimizerBitForBit(double clip) {
    OptimizerConfig config = new OptimizerConfig(0.85, 0.97, 1e-6, 0.1, clip);
    AdamScalars scalars = new AdamScalars(0.85f, 0.97f, 1e-6f, clip, DIVISOR);
    ComputationGraph network = network();
    Optimizer optimizer = new Optimizer(network, config);
    float[] start = network.params().reshape(SIZE).toFloatVector();
    long[] flat = {memory.inOut(start), zeros(SIZE), zeros(SIZE)};
    float[] table = Arrays.copyOf(start, ROWS * WIDTH);
    long[] tables = {memory.inOut(table), zeros(table.length), zeros(table.length)};
    int[] touched = {17, 0, 44, 3, 16, 20};
    for (int step = 1; step <= 3; step++) {
      float[] gradient = floats(SIZE);
      network.getFlattenedGradients().reshape(SIZE).assign(Nd4j.createFromArray(gradient));
      double norm = optimizer.step(RATE, DIVISOR);

      long sum = memory.outDoubles(1);
      long partials = memory.outDoubles(2);
      long all = memory.in(gradient);
      operations.squaresOf(all, SIZE, partials);
      operations.total(partials, 2, sum);
      assertThat(Math.sqrt(memory.doubles(sum)[0]) / DIVISOR).isCloseTo(norm, within(1e-6));

      // The optimizer's own, which adds up squares in floats: its last bits are other ones.
      long oracleSum = memory.in(Math.pow(norm * DIVISOR, 2));
      double corrected = RATE * Math.sqrt(1 - Math.pow(0.97, step)) / (1 - Math.pow(0.85, step));
      long rules = memory.in((float) corrected, (float) (1 - RATE * 0.1), (float) corrected, 1);
      operations.adam(
          flat[0],
          all,
          flat[1],
          flat[2],
          memory.in(CHUNKS),
          CHUNKS.length / 3,
          rules,
          oracleSum,
          scalars);
      float[] expected = network.params().reshape(SIZE).toFloatVector();
      assertArrayEquals(expected, memory.floats(flat[0]));

      float[] compact = new float[touched.length * WIDTH];
      for (int k = 0; k < touched.length; k++) {
        System.arraycopy(gradient, touched[k] * WIDTH, compact, k * WIDTH, WIDTH);
        System.arraycopy(expected, touched[k] * WIDTH, table, touched[k] * WIDTH, WIDTH);
      }
      operations.adamRows(
          tables[0],
          memory.in(compact),
          tables[1],
          tables[2],
          memory.in(touched),
          touched.length,
          WIDTH,
          rules,
          0,
          oracleSum,
          scalars);
      assertArrayEquals(table, memory.floats(tables[0]));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void touchesNothingIfTheNormIsNotFinite(double sum) {
    AdamScalars scalars = new AdamScalars(0.9f, 0.999f, 1e-8f, 1, DIVISOR);
    long values = memory.in(floats(WIDTH));
    long gradient = memory.in(floats(WIDTH));
    long mean = memory.in(floats(WIDTH));
    long square = memory.in(floats(WIDTH));
    long rules = memory.in(0.1f, 0.9f);
    long norm = memory.in(sum);
    operations.adam(
        values, gradient, mean, square, memory.in(0, WIDTH, 0), 1, rules, norm, scalars);
    operations.adamRows(
        values, gradient, mean, square, memory.in(0), 1, WIDTH, rules, 0, norm, scalars);
  }

  /** The table begins so far below the only row that is there, that 32 bits do not reach it. */
  @Test
  void tablesMayBeLarge() {
    int width = 1 << 12;
    int row = 1 << 20;
    long below = (long) row * width * Float.BYTES;
    float[] start = floats(width);
    float[] gradient = floats(width);
    AdamScalars scalars = new AdamScalars(0, 0, 1e-30f, 0, 1);
    long values = memory.inOut(start);
    operations.adamRows(
        values - below,
        memory.in(gradient),
        zeros(width) - below,
        zeros(width) - below,
        memory.in(row),
        1,
        width,
        memory.in(0.5f, 1),
        0,
        memory.in(1.0),
        scalars);
    for (int f = 0; f < width; f++) {
      start[f] -= 0.5f * Math.signum(gradient[f]); // m / √v
    }
    assertArrayEquals(start, memory.floats(values), 1e-5f);
  }

  private long zeros(int count) {
    return memory.inOut(new float[count]);
  }

  private static ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(ROWS))
                .addLayer("out", new OutputLayer.Builder().nOut(WIDTH).build(), "in")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }
}
