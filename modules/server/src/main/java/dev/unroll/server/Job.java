package dev.unroll.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The items of a call that wait for a worker.
 *
 * @param call of a verb of the model that was there when the request came
 * @param pace is told how long it took, if it was answered by itself
 * @param answers ends when the items are answered, or fails
 * @param deadline after which nobody waits for it any more, as {@link System#nanoTime()}
 */
record Job<I>(
    Call<I> call, Pace pace, CompletableFuture<List<? extends List<?>>> answers, long deadline) {
  Job(Call<I> call, Pace pace, long deadline) {
    this(call, pace, new CompletableFuture<>(), deadline);
  }

  int size() {
    return call.items().size();
  }

  /** Whether the two can be answered together. */
  boolean fits(Job<?> other) {
    return call.verb() == other.call.verb() && call.arguments().equals(other.call.arguments());
  }

  boolean late() {
    return System.nanoTime() - deadline > 0;
  }
}
