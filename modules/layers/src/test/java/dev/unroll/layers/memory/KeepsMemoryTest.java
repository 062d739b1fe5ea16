package dev.unroll.layers.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.kernel.Parameters;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.memory.Gemm.Matrix;
import java.lang.ref.WeakReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What points into the memory of an array keeps the array: ND4J frees what nobody refers to. */
class KeepsMemoryTest {
  /** What is made of an array, and the array as far as the collector leaves it. */
  private record Made(Object view, WeakReference<Object> memory) {}

  static Stream<Arguments> views() {
    return Stream.of(
        view("pointer", NativeMemory::pointer),
        view("floats", NativeMemory::floats),
        view("matrix", array -> new Matrix(NativeMemory.floats(array), 0, 3).fromRow(1)),
        view("parameters", array -> Parameters.in(array, array, array)),
        view("sequences", array -> Sequences.ofVectors(array).features(1, 1)));
  }

  private static Arguments view(String name, Function<INDArray, Object> make) {
    return Arguments.of(name, make);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void anArrayLastsAsLongAsItsView(String name, Function<INDArray, Object> make) {
    keeps(ofArray(make));
  }

  @Test
  void aSlabLastsAsLongAsItsPointers() {
    keeps(ofSlab(Slab::pointer));
    keeps(ofSlab(Slab::floats));
  }

  // In methods of their own, as an interpreted one keeps its variables until it returns.
  private static Made ofArray(Function<INDArray, Object> make) {
    INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', 4, 3);
    return new Made(make.apply(array), new WeakReference<>(array));
  }

  private static Made ofSlab(Function<Slab, Object> make) {
    Slab slab = new Slab(DataType.FLOAT).reserve(12);
    return new Made(make.apply(slab), new WeakReference<>(slab));
  }

  private static void keeps(Made made) {
    System.gc();
    assertThat(made.memory.get()).as("while " + made.view + " is there").isNotNull();
    WeakReference<Object> memory = made.memory;
    made = null;
    System.gc();
    assertThat(memory.get()).as("afterwards").isNull();
  }
}
