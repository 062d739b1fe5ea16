package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Which of two algorithms computes a pass, on networks that only tell who was called. */
class PersistentRnnTest {
  private static final Cudnn.Rows FULL = new Cudnn.Rows(new int[] {4, 4}, 4, 8);
  private static final Cudnn.Rows RAGGED = new Cudnn.Rows(new int[] {4, 3}, 4, 8);
  private static final Cudnn.Rows PADDED = new Cudnn.Rows(new int[] {3, 3}, 4, 8);

  private final List<String> calls = new ArrayList<>();
  private final String before = System.getProperty(RnnAlgorithm.PROPERTY);

  /** What fails with the persistent algorithm. */
  private RuntimeException atDescribing;

  private RuntimeException atAsking;

  /** By how much its parameters lie elsewhere. */
  private long shift;

  private final class Network implements Cudnn.Rnn {
    private final RnnAlgorithm algorithm;

    Network(RnnAlgorithm algorithm) {
      this.algorithm = algorithm;
      if (isPersistent() && atDescribing != null) {
        throw atDescribing;
      }
    }

    private boolean isPersistent() {
      return algorithm == RnnAlgorithm.PERSISTENT;
    }

    private void called(String name) {
      calls.add(algorithm + " " + name);
    }

    @Override
    public long weightBytes() {
      return 100;
    }

    @Override
    public Cudnn.Block matrix(int pseudoLayer, int gate) {
      return new Cudnn.Block(10L * pseudoLayer + gate, 1);
    }

    @Override
    public Cudnn.Block bias(int pseudoLayer, int gate) {
      boolean last = pseudoLayer == 3 && gate == 7;
      return new Cudnn.Block(50 + (last && isPersistent() ? shift : 0), 1);
    }

    @Override
    public Cudnn.Space space(boolean training, Cudnn.Rows rows) {
      if (isPersistent() && atAsking != null) {
        throw atAsking;
      }
      return new Cudnn.Space(1, 2, algorithm);
    }

    @Override
    public void forward(boolean training, Cudnn.Rows rows, Cudnn.Arrays arrays) {
      called("forward");
    }

    @Override
    public void backwardData(
        Cudnn.Rows rows, Cudnn.Arrays arrays, long dY, long dX, Cudnn.StateGradients states) {
      called("data");
    }

    @Override
    public void backwardWeights(Cudnn.Rows rows, Cudnn.Arrays arrays, long gradient) {
      called("weights");
    }

    @Override
    public void close() {
      called("close");
    }
  }

  @AfterEach
  void restore() {
    System.clearProperty(RnnAlgorithm.PROPERTY);
    if (before != null) {
      System.setProperty(RnnAlgorithm.PROPERTY, before);
    }
  }

  private PersistentRnn rnn(Cell cell, int units, DataType type) {
    return new PersistentRnn(new RnnShape(new CellShape(cell, 5, units), 2, 2), type, Network::new);
  }

  private PersistentRnn rnn() {
    return rnn(Cell.LSTM, 64, DataType.FLOAT);
  }

  private static Cudnn.Arrays forward(PersistentRnn rnn, Cudnn.Rows rows) {
    Cudnn.Space space = rnn.space(true, rows);
    Cudnn.Arrays arrays = new Cudnn.Arrays(1, 2, 3, 4, 5, 6, 7, space, 8, 9);
    rnn.forward(true, rows, arrays);
    return arrays;
  }

  private static void backward(PersistentRnn rnn, Cudnn.Rows rows, Cudnn.Arrays arrays) {
    rnn.backwardData(rows, arrays, 1, 2, null);
    rnn.backwardWeights(rows, arrays.workingAt(11), 3);
  }

  @Test
  void aPassGoesBackByTheAlgorithmThatItBeganWith() {
    PersistentRnn rnn = rnn();
    Cudnn.Arrays full = forward(rnn, FULL);
    Cudnn.Arrays ragged = forward(rnn, RAGGED);
    backward(rnn, RAGGED, ragged);
    backward(rnn, FULL, full);
    rnn.close();
    assertThat(calls)
        .containsExactly(
            "persistent forward",
            "standard forward",
            "standard data",
            "standard weights",
            "persistent data",
            "persistent weights",
            "standard close",
            "persistent close");
  }

  /** PyTorch's bounds: those of its backward pass where there will be one. */
  @ParameterizedTest
  @CsvSource({
    "LSTM, 128, FLOAT, true, persistent",
    "LSTM, 129, FLOAT, true, standard",
    "LSTM, 192, FLOAT, false, persistent",
    "LSTM, 193, FLOAT, false, standard",
    "GRU_RESET_AFTER, 128, FLOAT, true, persistent",
    "GRU_RESET_AFTER, 193, FLOAT, false, standard",
    "TANH, 256, FLOAT, true, persistent",
    "TANH, 257, FLOAT, true, standard",
    "TANH, 384, FLOAT, false, persistent",
    "TANH, 385, FLOAT, false, standard",
    "LSTM, 64, DOUBLE, true, standard"
  })
  void sizesDecide(Cell cell, int units, DataType type, boolean training, String expected) {
    assertThat(rnn(cell, units, type).space(training, FULL).algorithm()).hasToString(expected);
  }

  @Test
  void rowsThatEndEarlierAreForTheStandardAlgorithm() {
    assertThat(rnn().space(true, RAGGED).algorithm()).isEqualTo(RnnAlgorithm.STANDARD);
    assertThat(rnn().space(true, PADDED).algorithm()).isEqualTo(RnnAlgorithm.STANDARD);
  }

  @Test
  void whatCudnnDoesNotSupportIsComputedByTheStandardAlgorithm() {
    atDescribing = new NotSupported("no");
    PersistentRnn rnn = rnn();
    backward(rnn, FULL, forward(rnn, FULL));
    rnn.close();
    assertThat(calls)
        .containsExactly("standard forward", "standard data", "standard weights", "standard close");
  }

  @Test
  void aPassThatBeganBeforeARefusalIsFinished() {
    PersistentRnn rnn = rnn();
    Cudnn.Arrays early = forward(rnn, FULL);
    atAsking = new NotSupported("not this many rows");
    Cudnn.Arrays late = forward(rnn, FULL);
    atAsking = null;
    backward(rnn, FULL, early);
    backward(rnn, FULL, late);
    forward(rnn, FULL); // is not asked again
    assertThat(calls)
        .containsExactly(
            "persistent forward",
            "standard forward",
            "persistent data",
            "persistent weights",
            "standard data",
            "standard weights",
            "standard forward");
  }

  @Test
  void parametersThatLieElsewhereAreForTheStandardAlgorithm() {
    shift = 4;
    assertThat(rnn().space(true, FULL).algorithm()).isEqualTo(RnnAlgorithm.STANDARD);
  }

  @Test
  void otherFailuresAreNotHidden() {
    atAsking = new IllegalStateException("asked");
    assertThatThrownBy(() -> rnn().space(true, FULL)).hasMessage("asked");
    atDescribing = new IllegalStateException("described");
    assertThatThrownBy(this::rnn).hasMessage("described");
    assertThat(calls).containsExactly("standard close");
  }

  @Test
  void itIsAskedForByAProperty() {
    System.clearProperty(RnnAlgorithm.PROPERTY);
    assertThat(RnnAlgorithm.chosen()).isEqualTo(RnnAlgorithm.STANDARD);
    System.setProperty(RnnAlgorithm.PROPERTY, "persistent");
    assertThat(RnnAlgorithm.chosen()).isEqualTo(RnnAlgorithm.PERSISTENT);
    System.setProperty(RnnAlgorithm.PROPERTY, "fast");
    assertThatThrownBy(RnnAlgorithm::chosen)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unroll.cuda.rnn must be standard or persistent, got fast");
  }
}
