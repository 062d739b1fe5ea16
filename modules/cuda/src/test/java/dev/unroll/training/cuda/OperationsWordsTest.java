package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.characters.CharacterConvolution;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The convolution over characters, against the layer, which computes in double precision. */
class OperationsWordsTest extends KernelTestBase {
  private static final int ALPHABET = 6;
  private static final int DIMENSIONS = 2;

  /** All different, one without characters, and one whose windows are the same again and again. */
  private static final int[][] SPELLED = {
    {1, 2, 3}, {}, {5}, {4, 4, 4, 4, 4}, {2, 1, 5, 3, 1, 2, 4}, {3, 1}
  };

  private static final int LETTERS = 7;

  @ParameterizedTest
  @CsvSource({"1, 3", "33, 1", "5, 2", "300, 5"})
  void equalsTheLayer(int filters, int window) {
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    Layer layer = layer(filters, window);
    layer.setInput(words(), workspaces);
    INDArray expected = layer.activate(true, workspaces);
    float[] dOut = floats(SPELLED.length * filters);
    layer.backpropGradient(
        Nd4j.createFromArray(dOut).reshape(1, SPELLED.length, filters).permute(0, 2, 1),
        workspaces);

    int[] starts = new int[SPELLED.length + 1];
    for (int word = 0; word < SPELLED.length; word++) {
      starts[word + 1] = starts[word] + SPELLED[word].length;
    }
    int[] characters = Arrays.stream(SPELLED).flatMapToInt(Arrays::stream).toArray();
    long out = memory.out(dOut.length);
    long largest = memory.out(dOut.length);
    long begins = memory.in(starts);
    operations.convolveWords(
        memory.in(table(layer, filters, window)),
        memory.in(characters),
        begins,
        memory.in(layer.getParam("b").toFloatVector()),
        out,
        largest,
        SPELLED.length,
        filters,
        window);
    assertThat(memory.floats(out)).containsExactly(rows(expected.permute(0, 2, 1)), within(1e-6f));

    long dResponses = memory.out(characters.length * filters);
    operations.convolveWordsBack(
        out, memory.in(dOut), largest, begins, dResponses, SPELLED.length, filters);
    float[] responses = memory.floats(dResponses);
    float[] bias = new float[filters];
    for (int i = 0; i < responses.length; i++) {
      bias[i % filters] += responses[i];
    }
    INDArray gradient = layer.getGradientsViewArray();
    long weightsFrom = (long) ALPHABET * DIMENSIONS;
    float[] flat = gradient.toFloatVector();
    int biasFrom = flat.length - filters;
    assertThat(bias)
        .containsExactly(Arrays.copyOfRange(flat, biasFrom, flat.length), within(1e-5f));
    assertThat(weightGradient(layer, responses, filters, window))
        .containsExactly(Arrays.copyOfRange(flat, (int) weightsFrom, biasFrom), within(1e-5f));
  }

  private static float[] rows(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  private Layer layer(int filters, int window) {
    CharacterConvolution convolution =
        new CharacterConvolution.Builder()
            .nIn(ALPHABET)
            .nOut(filters)
            .dimensions(DIMENSIONS)
            .window(window)
            .weightInit(new WeightInitXavier())
            .build();
    NeuralNetConfiguration conf = new NeuralNetConfiguration();
    conf.setLayer(convolution);
    int count = (int) convolution.initializer().numParams(conf);
    INDArray parameters = Nd4j.createFromArray(floats(count)).reshape(1, count);
    Layer layer = convolution.instantiate(conf, null, 0, parameters, false, DataType.FLOAT);
    layer.setBackpropGradientsViewArray(Nd4j.zeros(DataType.FLOAT, 1, count));
    return layer;
  }

  /** One sentence. */
  private static INDArray words() {
    INDArray words = Nd4j.zeros(DataType.FLOAT, 1, LETTERS, SPELLED.length);
    for (int word = 0; word < SPELLED.length; word++) {
      for (int at = 0; at < SPELLED[word].length; at++) {
        words.putScalar(new int[] {0, at, word}, SPELLED[word][at]);
      }
    }
    return words;
  }

  /** {@code [characters, window, filters]}. */
  private static float[] table(Layer layer, int filters, int window) {
    float[][] vectors = layer.getParam("C").toFloatMatrix();
    float[][] weights = layer.getParam("W").toFloatMatrix();
    float[] table = new float[ALPHABET * window * filters];
    for (int i = 0; i < table.length; i++) {
      int place = i / filters % window;
      for (int d = 0; d < DIMENSIONS; d++) {
        table[i] += vectors[i / filters / window][d] * weights[place * DIMENSIONS + d][i % filters];
      }
    }
    return table;
  }

  /** Of each response the vectors that are in its window. */
  private static float[] weightGradient(Layer layer, float[] responses, int filters, int window) {
    float[][] vectors = layer.getParam("C").toFloatMatrix();
    float[] gradient = new float[window * DIMENSIONS * filters];
    int row = 0;
    for (int[] word : SPELLED) {
      for (int centre = 0; centre < word.length; centre++, row++) {
        for (int i = 0; i < gradient.length; i++) {
          int at = centre + i / filters / DIMENSIONS - (window - 1) / 2;
          if (at >= 0 && at < word.length) {
            float value = vectors[word[at]][i / filters % DIMENSIONS];
            gradient[i] += value * responses[row * filters + i % filters];
          }
        }
      }
    }
    return gradient;
  }
}
