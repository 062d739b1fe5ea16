package dev.unroll.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers items in their order while they arrive. Items that are already there are answered
 * together, up to a limit, because a batch is faster than its items one by one; but nothing waits
 * for a second item, so that a program at the other end of two pipes can ask, read and ask again.
 *
 * <p>A thread of its own reads, because whether a whole line can be read without waiting cannot be
 * asked of a stream.
 */
public final class Conversation {
  private static final Object END = new Object();

  private record Failure(Throwable cause) {}

  private Conversation() {}

  /**
   * Items from where they are read.
   *
   * @param next the next one, or null after the last; not asked before it is wanted, as it may not
   *     have been typed yet
   */
  public static <T> Iterator<T> items(Supplier<T> next) {
    return new Iterator<>() {
      private T item;

      @Override
      public boolean hasNext() {
        item = item == null ? next.get() : item;
        return item != null;
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        T taken = item;
        item = null;
        return taken;
      }
    };
  }

  /**
   * Runs until the items end.
   *
   * @param items read in another thread; an exception is thrown on here, after the answers to what
   *     came before it
   * @param most items answered together, at least 1
   * @param answer as many answers as items, in the same order
   * @param print receives the answers in order
   * @param flush called whenever the next item has not arrived yet, and at the end
   */
  public static <I, O> void run(
      Iterator<I> items,
      int most,
      Function<List<I>, List<O>> answer,
      Consumer<O> print,
      Runnable flush) {
    BlockingQueue<Object> arrived = new LinkedBlockingQueue<>(4 * most);
    Thread reader = new Thread(() -> read(items, arrived), "conversation-reader");
    reader.setDaemon(true); // it may sit in a read that never returns
    reader.start();
    try {
      List<Object> taken = new ArrayList<>();
      Object last;
      do {
        taken.clear();
        taken.add(arrived.take());
        arrived.drainTo(taken, most - 1);
        last = taken.get(taken.size() - 1);
        if (last == END || last instanceof Failure) {
          taken.remove(taken.size() - 1);
        }
        answer(taken, answer, print);
        if (arrived.isEmpty()) {
          flush.run();
        }
      } while (last != END && !(last instanceof Failure));
      flush.run();
      if (last instanceof Failure failure) {
        rethrow(failure.cause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for input", e);
    } finally {
      reader.interrupt();
    }
  }

  private static <I> void read(Iterator<I> items, BlockingQueue<Object> arrived) {
    try {
      try {
        while (items.hasNext()) {
          arrived.put(items.next());
        }
        arrived.put(END);
      } catch (RuntimeException | Error e) {
        arrived.put(new Failure(e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the other side has gone
    }
  }

  @SuppressWarnings("unchecked") // read puts items, END and Failure; the latter two are taken off
  private static <I, O> void answer(
      List<Object> taken, Function<List<I>, List<O>> answer, Consumer<O> print) {
    if (taken.isEmpty()) {
      return;
    }
    List<O> answers = answer.apply((List<I>) List.copyOf(taken));
    if (answers.size() != taken.size()) {
      throw new IllegalArgumentException(answers.size() + " answers to " + taken.size() + " items");
    }
    answers.forEach(print);
  }

  private static void rethrow(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) cause;
  }
}
