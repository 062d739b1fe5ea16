package dev.unroll.layers.output;

import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Gemm.Matrix;
import org.bytedeco.javacpp.Pointer;

/**
 * The rows of a batch that are no padding, those of a cluster side by side: first the rows whose
 * label is in the head, then those of the first tail, and so on, each in their order.
 *
 * <pre>
 *   labels   the  heron  -  a  wren  of  -      two are padding
 *   rows     the  a  of | heron  wren
 *   number     0  3   5 |     1     4
 * </pre>
 *
 * <p>So a tail is computed on a part of a matrix, and its gradient is added where it lies.
 */
final class ClusterRows {
  private final int all;
  private final int[] numbers;
  private final int[] begins;
  private final StepLabels head;
  private final StepLabels[] tails;

  ClusterRows(StepLabels labels, AdaptiveShape shape, ClassOrder order) {
    int[] classes = labels.classes();
    all = classes.length;
    int[] clusters = new int[all]; // 0 is the head
    int[] inHead = new int[all];
    int[] inTail = new int[all];
    begins = new int[shape.tails() + 2];
    for (int row = 0; row < all; row++) {
      if (labels.weight(row) != 0) {
        int rank = order.rank(classes[row]);
        int tail = shape.tailOf(rank);
        clusters[row] = tail + 1;
        inHead[row] = tail < 0 ? rank : shape.frequent() + tail;
        inTail[row] = tail < 0 ? 0 : rank - shape.begin(tail);
        begins[tail + 2]++;
      }
    }
    for (int cluster = 1; cluster < begins.length; cluster++) {
      begins[cluster] += begins[cluster - 1];
    }
    numbers = new int[begins[begins.length - 1]];
    int[] next = begins.clone();
    for (int row = 0; row < all; row++) {
      if (labels.weight(row) != 0) {
        numbers[next[clusters[row]]++] = row;
      }
    }
    head = labels.relabelled(shape.head(), inHead);
    tails = new StepLabels[shape.tails()];
    for (int tail = 0; tail < tails.length; tail++) {
      tails[tail] = labels.relabelled(shape.size(tail), inTail);
    }
  }

  /** How many rows the batch has, padding among them. */
  int all() {
    return all;
  }

  /** How many are no padding. */
  int count() {
    return numbers.length;
  }

  /** The number in the batch of row {@code i}. */
  int number(int i) {
    return numbers[i];
  }

  /** The first row of a tail. */
  int begin(int tail) {
    return begins[tail + 1];
  }

  /** How many rows a tail has. */
  int count(int tail) {
    return begins[tail + 2] - begins[tail + 1];
  }

  /** The labels of all rows of the batch within the head, by their numbers. */
  StepLabels head() {
    return head;
  }

  /** The labels within a tail of the rows that are in it, by their numbers in the batch. */
  StepLabels tail(int tail) {
    return tails[tail];
  }

  /** Copies the rows here from a batch, both matrices being dense and {@code columns} wide. */
  void gather(Matrix batch, int columns, Matrix rows) {
    batch.gather(numbers, columns, rows);
  }

  /** Copies the rows back, and fills those of padding with zeros. */
  void scatter(Matrix rows, int columns, Matrix batch) {
    long bytes = (long) columns * Float.BYTES;
    Address source = new Address();
    Address target = new Address();
    if (numbers.length < all) {
      Pointer.memset(target.at(batch.address()), 0, all * bytes);
    }
    for (int i = 0; i < numbers.length; i++) {
      target.at(batch.address() + numbers[i] * bytes);
      Pointer.memcpy(target, source.at(rows.address() + i * bytes), bytes);
    }
  }
}
