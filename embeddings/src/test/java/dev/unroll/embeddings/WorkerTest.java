package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Training on a few words against the formulas of word2vec, written down in double one pair after
 * the other, with the same random numbers.
 */
class WorkerTest {
  private static final Lexicon LEXICON =
      new Lexicon(List.of("a", "b", "c", "d", "e", "f"), new long[] {9, 8, 7, 5, 3, 2});
  private static final int[] TEXT = {0, 1, 2, 0, 3, 4, 1, 5, 2, 0};
  private static final float RATE = 0.3f;
  private static final int WINDOW = 3;
  private static final int NEGATIVE = 4;

  private final Kernel kernel = new PlainKernel();

  private static EmbeddingConfig config(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    properties.putAll(settings);
    properties.put("window", "" + WINDOW);
    properties.put("negative", "" + NEGATIVE);
    properties.put("dimensions", "8");
    return EmbeddingConfig.with(properties);
  }

  /** Weights big enough for the scores to matter. */
  private Weights weights(int outputs) {
    Weights weights = Weights.random(LEXICON.size(), outputs, 8, 8, 5);
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < weights.input.length; i++) {
      weights.input[i] *= 10;
    }
    for (int i = 0; i < weights.output.length; i++) {
      weights.output[i] = (float) (random.nextDouble() - 0.5);
    }
    return weights;
  }

  private static double[][] rows(float[] values) {
    double[][] rows = new double[values.length / 8][8];
    for (int i = 0; i < values.length; i++) {
      rows[i / 8][i % 8] = values[i];
    }
    return rows;
  }

  private void train(EmbeddingConfig config, Weights weights, Objective objective) {
    new Worker(
            config, kernel, weights, new InputRows(LEXICON), new Subsampler(LEXICON, 0), objective)
        .train(TEXT, TEXT.length, RATE, new SplittableRandom(7));
  }

  private static void assertClose(float[] actual, double[][] expected) {
    double[][] rows = rows(actual);
    for (int i = 0; i < expected.length; i++) {
      assertThat(rows[i]).containsExactly(expected[i], within(2e-3));
    }
  }

  @Test
  void skipGramIsWord2vecs() {
    Weights weights = weights(LEXICON.size());
    double[][] input = rows(weights.input);
    double[][] output = rows(weights.output);
    NegativeSampler sampler = new NegativeSampler(LEXICON);
    EmbeddingConfig config = config(Map.of());
    train(config, weights, new NegativeSampling(kernel, weights, sampler, NEGATIVE, false));

    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < TEXT.length; i++) {
      int reach = 1 + random.nextInt(WINDOW);
      for (int c = Math.max(0, i - reach); c <= Math.min(TEXT.length - 1, i + reach); c++) {
        if (c != i) {
          double[] error = negativeSampling(input[TEXT[c]], output, TEXT[i], draw(sampler, random));
          add(error, input[TEXT[c]]);
        }
      }
    }
    assertClose(weights.input, input);
    assertClose(weights.output, output);
  }

  @Test
  void cbowIsWord2vecs() {
    Weights weights = weights(LEXICON.size());
    double[][] input = rows(weights.input);
    double[][] output = rows(weights.output);
    NegativeSampler sampler = new NegativeSampler(LEXICON);
    train(
        config(Map.of("architecture", "cbow")),
        weights,
        new NegativeSampling(kernel, weights, sampler, NEGATIVE, false));

    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < TEXT.length; i++) {
      int reach = 1 + random.nextInt(WINDOW);
      int begin = Math.max(0, i - reach);
      int end = Math.min(TEXT.length - 1, i + reach);
      double[] mean = new double[8];
      for (int c = begin; c <= end; c++) {
        for (int d = 0; c != i && d < 8; d++) {
          mean[d] += input[TEXT[c]][d] / (end - begin);
        }
      }
      double[] error = negativeSampling(mean, output, TEXT[i], draw(sampler, random));
      for (int c = begin; c <= end; c++) {
        if (c != i) {
          add(error, input[TEXT[c]]);
        }
      }
    }
    assertClose(weights.input, input);
    assertClose(weights.output, output);
  }

  @Test
  void hierarchicalSoftmaxIsWord2vecs() {
    Weights weights = weights(LEXICON.size());
    double[][] input = rows(weights.input);
    double[][] output = rows(weights.output);
    HuffmanTree tree = new HuffmanTree(LEXICON);
    train(
        config(Map.of("loss", "hierarchical-softmax")),
        weights,
        new HierarchicalSoftmax(kernel, weights, tree));

    SplittableRandom random = new SplittableRandom(7);
    int[] forks = new int[8];
    boolean[] codes = new boolean[8];
    for (int i = 0; i < TEXT.length; i++) {
      int reach = 1 + random.nextInt(WINDOW);
      int depth = tree.path(TEXT[i], forks, codes);
      for (int c = Math.max(0, i - reach); c <= Math.min(TEXT.length - 1, i + reach); c++) {
        if (c != i) {
          double[] error = new double[8];
          for (int k = 0; k < depth; k++) {
            step(input[TEXT[c]], output[forks[k]], codes[k] ? 0 : 1, error);
          }
          add(error, input[TEXT[c]]);
        }
      }
    }
    assertClose(weights.input, input);
    assertClose(weights.output, output);
  }

  @Test
  void aWindowThatSharesItsNegativesIsOneStep() {
    Weights weights = weights(LEXICON.size());
    NegativeSampler sampler = new NegativeSampler(LEXICON);
    double[][] input = rows(weights.input);
    double[][] output = rows(weights.output);
    train(
        config(Map.of("share-negatives", "true")),
        weights,
        new NegativeSampling(kernel, weights, sampler, NEGATIVE, true));

    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < TEXT.length; i++) {
      int reach = 1 + random.nextInt(WINDOW);
      int[] drawn = draw(sampler, random);
      double[][] oldInput = copy(input);
      double[][] oldOutput = copy(output);
      for (int c = Math.max(0, i - reach); c <= Math.min(TEXT.length - 1, i + reach); c++) {
        if (c != i) {
          double[][] changed = copy(oldOutput);
          double[] x = oldInput[TEXT[c]];
          add(pairOfWindow(x, changed, TEXT[i], drawn), input[TEXT[c]]);
          for (int row = 0; row < output.length; row++) {
            for (int d = 0; d < 8; d++) {
              output[row][d] += changed[row][d] - oldOutput[row][d];
            }
          }
        }
      }
    }
    assertClose(weights.input, input);
    assertClose(weights.output, output);
  }

  /** As {@link #negativeSampling}, and the error too from the rows as they were. */
  private static double[] pairOfWindow(double[] x, double[][] output, int word, int[] drawn) {
    double[][] before = copy(output);
    negativeSampling(x, output, word, drawn);
    double[] error = new double[8];
    step(x, before[word].clone(), 1, error);
    for (int negative : drawn) {
      if (negative != word) {
        step(x, before[negative].clone(), 0, error);
      }
    }
    return error;
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  private static int[] draw(NegativeSampler sampler, SplittableRandom random) {
    int[] drawn = new int[NEGATIVE];
    for (int k = 0; k < NEGATIVE; k++) {
      drawn[k] = sampler.draw(random);
    }
    return drawn;
  }

  /** All scores, then all updates. */
  private static double[] negativeSampling(double[] x, double[][] output, int word, int[] drawn) {
    double[] error = new double[8];
    double[] scores = new double[NEGATIVE];
    for (int k = 0; k < NEGATIVE; k++) {
      scores[k] = dot(x, output[drawn[k]]);
    }
    step(x, output[word], 1, error);
    for (int k = 0; k < NEGATIVE; k++) {
      if (drawn[k] != word) {
        update(x, output[drawn[k]], -1 / (1 + Math.exp(-scores[k])), error);
      }
    }
    return error;
  }

  private static void step(double[] x, double[] row, int label, double[] error) {
    update(x, row, label - 1 / (1 + Math.exp(-dot(x, row))), error);
  }

  private static void update(double[] x, double[] row, double g, double[] error) {
    for (int d = 0; d < 8; d++) {
      error[d] += g * RATE * row[d];
      row[d] += g * RATE * x[d];
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int d = 0; d < 8; d++) {
      sum += x[d] * y[d];
    }
    return sum;
  }

  private static void add(double[] error, double[] to) {
    for (int d = 0; d < 8; d++) {
      to[d] += error[d];
    }
  }

  /** The step is the gradient of the loss: finite differences on input and output. */
  @Test
  void aStepGoesDownTheGradientOfTheLoss() {
    Weights weights = weights(LEXICON.size());
    double[][] input = rows(weights.input);
    double[][] output = rows(weights.output);
    NegativeSampler sampler = new NegativeSampler(LEXICON);
    int seed = 0;
    int[] drawn;
    do { // a row that is drawn twice is updated twice, which is no longer one step
      drawn = draw(sampler, new SplittableRandom(++seed));
    } while (Arrays.stream(drawn).distinct().count() < NEGATIVE);
    float[] error = new float[8];
    new NegativeSampling(kernel, weights, sampler, NEGATIVE, false)
        .step(weights.input, 0, 3, 1, new SplittableRandom(seed), error);
    double h = 1e-5;
    for (int d = 0; d < 8; d++) {
      double before = input[0][d];
      input[0][d] = before + h;
      double up = loss(input[0], output, 3, drawn);
      input[0][d] = before - h;
      double down = loss(input[0], output, 3, drawn);
      input[0][d] = before;
      assertThat((double) error[d]).isCloseTo(-(up - down) / (2 * h), within(1e-3));
    }
    for (int row = 0; row < output.length; row++) {
      for (int d = 0; d < 8; d++) {
        double before = output[row][d];
        output[row][d] = before + h;
        double up = loss(input[0], output, 3, drawn);
        output[row][d] = before - h;
        double down = loss(input[0], output, 3, drawn);
        output[row][d] = before;
        assertThat(weights.output[row * 8 + d] - before)
            .isCloseTo(-(up - down) / (2 * h), within(1e-3));
      }
    }
  }

  private static double loss(double[] x, double[][] output, int word, int[] drawn) {
    double loss = Math.log1p(Math.exp(-dot(x, output[word])));
    for (int negative : drawn) {
      loss += negative == word ? 0 : Math.log1p(Math.exp(dot(x, output[negative])));
    }
    return loss;
  }
}
