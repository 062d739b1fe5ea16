package dev.unroll.layers.pooling;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** The features of a sequence by the step that each belongs to, as chained lists. */
final class StepLists {
  private static final int END = -1;

  private final int[] head;
  private final int[] next;

  /** Of {@code features} steps from {@code from} on, each from 0 to {@code time - 1}. */
  StepLists(int time, int[] steps, int from, int features) {
    head = new int[time];
    Arrays.fill(head, END);
    next = new int[features];
    for (int f = 0; f < features; f++) {
      next[f] = head[steps[from + f]];
      head[steps[from + f]] = f;
    }
  }

  /** The features of a step, in any order. */
  void forEach(int step, IntConsumer body) {
    for (int f = head[step]; f != END; f = next[f]) {
      body.accept(f);
    }
  }
}
