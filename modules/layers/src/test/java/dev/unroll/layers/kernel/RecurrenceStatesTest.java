package dev.unroll.layers.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Networks;
import dev.unroll.layers.kernel.reference.ReferenceKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The states in which sequences begin and end, and the derivatives with respect to both. */
class RecurrenceStatesTest {
  private static final List<String> MASKS =
      List.of("none", "trailing", "leading", "holes", "empty row");

  @AfterEach
  void fastestAgain() {
    Kernels.use(null);
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (int mask = 0; mask < MASKS.size(); mask++) {
        for (States.Ends ends : States.Ends.values()) {
          // Every two of cell, mask, ends and directions, and not all four: each takes its time.
          int directions = 1 + (cell.ordinal() + mask + ends.ordinal()) % 2;
          cases.add(Arguments.of(cell, MASKS.get(mask), ends, directions));
        }
      }
    }
    return cases.stream();
  }

  /** Another module that runs this class tests its own kernels, and not the reference again. */
  static boolean isOfThisModule() {
    return Networks.kernels().contains(ReferenceKernel.NAME);
  }

  /** Those of the reference against finite differences: of every state, and of other inputs. */
  @EnabledIf("isOfThisModule")
  @ParameterizedTest
  @MethodSource("cases")
  void areThoseOfTheLoss(Cell cell, String kind, States.Ends ends, int directions) {
    Random random = new Random(3);
    INDArray mask = Networks.mask(kind, 4, 5, random);
    Passage passage = new Passage(new CellShape(cell, 2, 3), directions, ends, mask, 4, 5, random);
    ReferenceKernel reference = new ReferenceKernel();
    Map<String, INDArray> results = passage.by(reference, DataType.DOUBLE);

    passage.inputs.forEach(
        (name, input) -> {
          boolean all = name.equals("before");
          for (int trial = 0; trial < (all ? input.length() : 6); trial++) {
            long i = all ? trial : random.nextInt((int) input.length());
            assertThat(results.get("d" + name).getDouble(i))
                .as(name + " " + i)
                .isCloseTo(difference(passage, reference, input, i), within(1e-7));
          }
        });
  }

  private static double difference(
      Passage passage, RecurrentKernel kernel, INDArray input, long i) {
    double epsilon = 1e-5;
    double value = input.getDouble(i);
    input.putScalar(i, value + epsilon);
    double more = passage.loss(kernel);
    input.putScalar(i, value - epsilon);
    double less = passage.loss(kernel);
    input.putScalar(i, value);
    return (more - less) / (2 * epsilon);
  }

  static Stream<Arguments> shapes() {
    List<Arguments> cases = new ArrayList<>();
    Random random = new Random(11);
    for (Cell cell : Cell.values()) {
      for (String mask : MASKS) {
        States.Ends ends = States.Ends.values()[random.nextInt(2)];
        int units = 1 + random.nextInt(40);
        int batch = 2 + random.nextInt(30);
        cases.add(Arguments.of(cell, mask, ends, 1, units, batch, 12));
        cases.add(Arguments.of(cell, mask, ends, 2, units, batch, 7));
      }
      States.Ends ends = States.Ends.OF_SEQUENCES;
      cases.add(Arguments.of(cell, "none", ends, 1, 5, 1, 1));
      // Steps enough to be rounded up, and units enough to be computed in another way.
      cases.add(Arguments.of(cell, "trailing", ends, 1, 6, 9, 37));
      cases.add(Arguments.of(cell, "trailing", ends, 1, 512, 5, 6));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyKernelAgreesWithTheReference(
      Cell cell, String kind, States.Ends ends, int directions, int units, int batch, int time) {
    Random random = new Random(batch * 31L + units);
    INDArray mask = Networks.mask(kind, batch, time, random);
    CellShape shape = new CellShape(cell, 1 + random.nextInt(9), units);
    Passage passage = new Passage(shape, directions, ends, mask, batch, time, random);
    Map<String, INDArray> expected = passage.by(new ReferenceKernel(), DataType.FLOAT);

    for (String kernel : Networks.kernels()) {
      Kernels.use(kernel);
      Map<String, INDArray> actual = passage.by(Kernels.get(cell, DataType.FLOAT), DataType.FLOAT);
      expected.forEach(
          (name, value) ->
              Networks.assertEquals(
                  actual.get(name), value, Networks.tolerance(kernel), kernel + " " + name));
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    CellShape shape = new CellShape(Cell.LSTM, 2, 3);
    INDArray tooWide = Nd4j.zeros(DataType.FLOAT, 4, 7);
    assertThatThrownBy(() -> State.split(tooWide, shape, 1))
        .hasMessage("the state of LSTM with 3 units in 1 direction(s) has 6 numbers, got 7");
    INDArray columns = Nd4j.zeros(DataType.FLOAT, 6, 4).transpose();
    assertThatThrownBy(() -> State.split(columns, shape, 1)).hasMessageContaining("row after row");

    Sequences x = new Sequences(0, 4, 5, 2, 2, Float.BYTES, null);
    State hidden = State.of(Nd4j.zeros(DataType.FLOAT, 4, 3), null);
    assertThatThrownBy(() -> io(hidden, x, shape))
        .hasMessage("the state of LSTM is a hidden state and a memory, got none");
    List<State> doubles = State.split(Nd4j.zeros(DataType.DOUBLE, 4, 6), shape, 1);
    assertThatThrownBy(() -> io(doubles.get(0), x, shape))
        .hasMessage("expected a state [4, 3] of 4 bytes a number, got [4, 3] of 8");
    List<State> other = State.split(Nd4j.zeros(DataType.FLOAT, 3, 6), shape, 1);
    assertThatThrownBy(() -> io(other.get(0), x, shape)).hasMessageContaining("got [3, 3]");

    List<State> right = State.split(Nd4j.zeros(DataType.FLOAT, 4, 6), shape, 1);
    assertThatThrownBy(() -> io(right.get(0), x, shape).beginBackward(right.get(0), null, x, shape))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the forward pass did not keep the states at its end");
    assertThatThrownBy(() -> StateIo.NONE.beginBackward(null, right.get(0), x, shape))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the forward pass neither began with a state nor kept one");
  }

  private static StateIo io(State before, Sequences x, CellShape shape) {
    States states = new States(States.Ends.OF_SEQUENCES, List.of(before), null);
    return StateIo.of(states, 0, List.of(), x, shape);
  }
}
