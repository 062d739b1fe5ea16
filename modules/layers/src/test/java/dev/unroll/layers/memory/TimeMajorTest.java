package dev.unroll.layers.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TimeMajorTest {

  @Test
  void liesStepAfterStep() {
    INDArray array =
        TimeMajor.create(
            LayerWorkspaceMgr.noWorkspaces(), ArrayType.ACTIVATIONS, DataType.FLOAT, 2, 3, 4);
    for (int b = 0; b < 2; b++) {
      for (int f = 0; f < 3; f++) {
        for (int t = 0; t < 4; t++) {
          array.putScalar(new int[] {b, f, t}, 100 * t + 10 * b + f);
        }
      }
    }
    float[] memory = new float[24];
    NativeMemory.read(array, memory, 24);

    assertThat(array.shape()).containsExactly(2, 3, 4);
    assertThat(memory)
        .startsWith(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112)
        .endsWith(300, 301, 302, 310, 311, 312);
  }

  @Test
  void copiesOnlyWhatLiesOtherwise() {
    for (char order : new char[] {'c', 'f'}) {
      INDArray array = Nd4j.rand(order, new long[] {2, 3, 4}).castTo(DataType.FLOAT);
      INDArray copy = TimeMajor.of(array);

      assertThat(TimeMajor.is(array)).isFalse();
      assertThat(TimeMajor.is(copy)).isTrue();
      assertThat(copy).isEqualTo(array);
      assertThat(TimeMajor.of(copy)).isSameAs(copy);
    }
  }

  @Test
  void oneExampleOrOneFeatureOrOneStepMakesSomeStridesMeaningless() {
    assertThat(TimeMajor.is(Nd4j.zeros(DataType.FLOAT, 2, 3, 1))).isTrue();
    assertThat(TimeMajor.is(Nd4j.zeros(DataType.FLOAT, 1, 1, 7))).isTrue();
    assertThat(TimeMajor.is(Nd4j.zeros(DataType.FLOAT, 1, 3, 7))).isFalse();
  }

  @Test
  void addsWhateverWayArraysLie() {
    for (long[] shape : new long[][] {{2, 3, 4}, {1, 3, 4}, {2, 1, 4}, {2, 3, 1}, {1, 1, 1}}) {
      INDArray a = Nd4j.rand(DataType.FLOAT, shape);
      INDArray b = Nd4j.rand(DataType.FLOAT, shape);
      INDArray expected = a.add(b);
      for (INDArray added : new INDArray[] {b, TimeMajor.of(b)}) {
        INDArray to = TimeMajor.of(a).dup('c');
        assertThat(TimeMajor.add(to, added)).isSameAs(to).isEqualTo(expected);
        INDArray ordered =
            TimeMajor.createDetached(DataType.FLOAT, shape[0], shape[1], shape[2]).assign(a);
        assertThat(TimeMajor.add(ordered, added)).isSameAs(ordered).isEqualTo(expected);
      }
    }
  }

  @Test
  void addressOfAViewIsWhereTheViewBegins() {
    INDArray array = Nd4j.createFromArray(0f, 1, 2, 3, 4, 5, 6, 7, 8, 9).reshape(1, 10);
    INDArray view = array.get(NDArrayIndex.point(0), NDArrayIndex.interval(4, 8));

    assertThat(NativeMemory.address(view)).isEqualTo(NativeMemory.address(array) + 16);
    float[] values = new float[4];
    NativeMemory.read(view, values, 4);
    assertThat(values).containsExactly(4, 5, 6, 7);

    NativeMemory.write(new float[] {-1, -2}, view, 2);
    assertThat(array.reshape(10).toFloatVector()).containsExactly(0, 1, 2, 3, -1, -2, 6, 7, 8, 9);
    NativeMemory.zero(view);
    assertThat(array.sumNumber().doubleValue()).isEqualTo(0 + 1 + 2 + 3 + 8 + 9);
  }

  @Test
  void refusesOtherRanksAndTypes() {
    assertThatThrownBy(() -> TimeMajor.of(Nd4j.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 3]");
    assertThatThrownBy(() -> NativeMemory.floats(Nd4j.zeros(DataType.DOUBLE, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DOUBLE");
  }
}
