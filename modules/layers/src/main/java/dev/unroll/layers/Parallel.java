package dev.unroll.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Spreads independent parts of a computation over the processor's cores.
 *
 * <p>How the work is cut into parts must depend on its size alone, and a part must write only what
 * is its own: then the result is the same to the last bit for any number of threads.
 *
 * <p>The threads are those of {@link dev.unroll.layers.kernel.Parallel}, which says how many.
 */
public final class Parallel {

  private Parallel() {}

  /**
   * Runs {@code part} for 0, 1, … {@code parts - 1}, in any order and at the same time, and returns
   * when all are done. What a part throws is thrown here.
   */
  public static void forEach(int parts, IntConsumer part) {
    if (parts == 1) {
      part.accept(0);
    } else {
      List<Runnable> tasks = new ArrayList<>(parts);
      for (int i = 0; i < parts; i++) {
        int index = i;
        tasks.add(() -> part.accept(index));
      }
      dev.unroll.layers.kernel.Parallel.run(tasks);
    }
  }
}
