package dev.unroll.server;

import dev.unroll.serving.Arguments;
import dev.unroll.serving.Verb;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Items of one request that wait for a worker.
 *
 * @param verb of the model that was there when the request came
 * @param answers ends when the items are answered, or fails
 * @param deadline after which nobody waits for it any more, as {@link System#nanoTime()}
 */
record Job<I>(
    Verb<I> verb,
    Arguments arguments,
    List<I> items,
    CompletableFuture<List<? extends List<?>>> answers,
    long deadline) {
  Job(Verb<I> verb, Arguments arguments, List<I> items, long deadline) {
    this(verb, arguments, items, new CompletableFuture<>(), deadline);
  }

  int size() {
    return items.size();
  }

  /** Whether the two can be answered together. */
  boolean fits(Job<?> other) {
    return verb == other.verb && arguments.equals(other.arguments);
  }

  boolean late() {
    return System.nanoTime() - deadline > 0;
  }
}
