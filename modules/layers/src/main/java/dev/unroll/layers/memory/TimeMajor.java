package dev.unroll.layers.memory;

import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How sequences lie in memory.
 *
 * <p>Deeplearning4j shows a batch of sequences as {@code [batch, features, time]}. A recurrent
 * layer reads it one time step at a time, and every step as a matrix {@code [batch, features]}; so
 * our layers store it step after step, and only look at it through Deeplearning4j's axes:
 *
 * <pre>
 *   memory   [time, batch, features]           the view   [batch, features, time]
 *
 *   t=0  | example 0: f f f | example 1: f f f |          stride 0: features
 *   t=1  | example 0: f f f | example 1: f f f |          stride 1: 1
 *   t=2  | example 0: f f f | example 1: f f f |          stride 2: batch x features
 * </pre>
 *
 * <p>Nothing breaks when another layer hands over an array in another order: {@link #of} copies it.
 */
public final class TimeMajor {

  private TimeMajor() {}

  /**
   * An uninitialised array {@code [batch, features, time]} that lies time-major.
   *
   * @param workspaces decides which workspace holds it
   * @param arrayType what the array is for, such as {@link ArrayType#ACTIVATIONS}
   */
  public static INDArray create(
      LayerWorkspaceMgr workspaces,
      ArrayType arrayType,
      DataType dataType,
      long batch,
      long features,
      long time) {
    return view(
        workspaces.createUninitialized(
            arrayType, dataType, new long[] {time, batch, features}, 'c'));
  }

  /** An uninitialised array {@code [batch, features, time]}, time-major, outside all workspaces. */
  public static INDArray createDetached(DataType dataType, long batch, long features, long time) {
    return view(Nd4j.createUninitializedDetached(dataType, 'c', time, batch, features));
  }

  /** Whether {@code [batch, features, time]} lies in memory as {@code [time, batch, features]}. */
  public static boolean is(INDArray array) {
    requireRank3(array);
    long batch = array.size(0);
    long features = array.size(1);
    return (features == 1 || array.stride(1) == 1)
        && (batch == 1 || array.stride(0) == features)
        && (array.size(2) == 1 || array.stride(2) == batch * features);
  }

  /**
   * The array itself if it lies time-major, otherwise a copy of it that does, outside all
   * workspaces.
   *
   * @param array {@code [batch, features, time]}
   */
  public static INDArray of(INDArray array) {
    if (is(array)) {
      return array;
    }
    return createDetached(array.dataType(), array.size(0), array.size(1), array.size(2))
        .assign(array);
  }

  /** As {@link #of(INDArray)}, with the copy, if one is needed, in a workspace of the layer. */
  public static INDArray of(INDArray array, LayerWorkspaceMgr workspaces, ArrayType arrayType) {
    if (is(array)) {
      return array;
    }
    return create(
            workspaces, arrayType, array.dataType(), array.size(0), array.size(1), array.size(2))
        .assign(array);
  }

  /** A copy that lies time-major, in a workspace of the layer. */
  public static INDArray copy(INDArray array, LayerWorkspaceMgr workspaces, ArrayType arrayType) {
    INDArray copy =
        create(
            workspaces, arrayType, array.dataType(), array.size(0), array.size(1), array.size(2));
    if (!is(array)) {
      return copy.assign(array);
    }
    Pointer.memcpy(
        NativeMemory.pointer(copy),
        NativeMemory.pointer(array),
        array.length() * array.dataType().width());
    return copy;
  }

  /**
   * {@code to += added}, and returns it; both {@code [batch, features, time]}. Nd4j adds arrays
   * with swapped axes element by element, so both are shown to it as they lie.
   */
  public static INDArray add(INDArray to, INDArray added) {
    if (is(to) && is(added)) {
      flat(to).addi(flat(added));
      return to;
    }
    return to.addi(added);
  }

  private static INDArray flat(INDArray timeMajor) {
    return timeMajor.permute(2, 0, 1).reshape('c', true, timeMajor.length());
  }

  private static INDArray view(INDArray timeBatchFeatures) {
    return timeBatchFeatures.permute(1, 2, 0);
  }

  private static void requireRank3(INDArray array) {
    if (array.rank() != 3) {
      throw new IllegalArgumentException(
          "expected [batch, features, time], got shape " + Arrays.toString(array.shape()));
    }
  }
}
