package dev.unroll.training;

import dev.unroll.layers.memory.Parallel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * Lets any number of threads use something that serves one at a time: lends each thread one of its
 * own, made when first needed.
 *
 * <p>There are at most as many as said, so that memory is bounded however many threads call; the
 * others wait, and are served in the order in which they came. A thread that holds one already
 * waits for no second one, which could be for ever: if none is free, it gets one that is dropped
 * after the call.
 */
final class Lender<T> {
  private final Supplier<T> maker;
  private final Setting setting;
  private final ConcurrentLinkedQueue<T> idle = new ConcurrentLinkedQueue<>();
  private final Semaphore free;
  private final ThreadLocal<Integer> held = ThreadLocal.withInitial(() -> 0);

  /** What a thread does around its use of what it was lent. */
  @FunctionalInterface
  interface Setting {
    <R> R run(Supplier<R> use);
  }

  /**
   * Nothing is lent yet.
   *
   * @param maker makes another one; may be called by several threads
   * @param setting in which what is lent is used
   */
  Lender(Supplier<T> maker, int most, Setting setting) {
    this.maker = maker;
    this.setting = setting;
    this.free = new Semaphore(most, true);
  }

  /** Has one more to lend. */
  void add(T one) {
    idle.add(one);
  }

  /** What {@code use} makes of one that is its own for the time of the call. */
  <R> R with(Function<T, R> use) {
    int before = held.get();
    if (before == 0) {
      free.acquireUninterruptibly();
    } else if (!free.tryAcquire()) {
      return lend(maker.get(), use, before);
    }
    try {
      T waiting = idle.poll();
      T one = waiting == null ? maker.get() : waiting;
      try {
        return lend(one, use, before);
      } finally {
        idle.add(one);
      }
    } finally {
      free.release();
    }
  }

  /** Does pieces of work on as many threads as work on layers, each with one of its own. */
  void forEach(int count, ObjIntConsumer<T> use) {
    Parallel.forEach(
        count,
        number ->
            with(
                one -> {
                  use.accept(one, number);
                  return null;
                }));
  }

  private <R> R lend(T one, Function<T, R> use, int before) {
    held.set(before + 1);
    try {
      return setting.run(() -> use.apply(one));
    } finally {
      if (before == 0) {
        held.remove();
      } else {
        held.set(before);
      }
    }
  }
}
