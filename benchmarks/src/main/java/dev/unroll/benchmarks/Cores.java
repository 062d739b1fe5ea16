package dev.unroll.benchmarks;

import dev.unroll.layers.memory.Parallel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * How a training step would share itself over more cores than there are. On one thread the
 * processor time of each part of each computation that can be shared is measured, and that of the
 * rest; for more threads each part goes to the thread that is free first, as {@link Parallel} does
 * it, and the rest is added. What is left out: waking threads, and caches and memory that they
 * share. For {@code benchmarks/cores.sh}.
 *
 * <pre>
 *   Cores NETWORK...    the times for 1, 2, 4, 8 and 16 threads, and what they consist of
 * </pre>
 */
public final class Cores {
  private static final int[] THREADS = {1, 2, 4, 8, 16};
  private static final int WARM_UP = 60;
  private static final int STEPS = 15;

  /** One computation that was shared. */
  private record Shared(String place, long[] nanos) {
    long sum() {
      return Arrays.stream(nanos).sum();
    }

    /** How long it takes if every part goes to the thread that is free first. */
    long on(int threads) {
      PriorityQueue<Long> free = new PriorityQueue<>();
      for (int i = 0; i < threads; i++) {
        free.add(0L);
      }
      long end = 0;
      for (long part : nanos) {
        long done = free.remove() + part;
        free.add(done);
        end = Math.max(end, done);
      }
      return end;
    }
  }

  private record Step(long nanos, List<Shared> shared) {
    long serial() {
      return nanos - shared.stream().mapToLong(Shared::sum).sum();
    }

    long on(int threads) {
      return serial() + shared.stream().mapToLong(s -> s.on(threads)).sum();
    }
  }

  private Cores() {}

  /** Measures. */
  public static void main(String[] networks) {
    Parallel.threads(1);
    System.out.println("| network | 1 thread, ms | 2 | 4 | 8 | 16 | shared by no threads |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|");
    List<String> details = new ArrayList<>();
    for (String network : networks) {
      Step step = median(network);
      StringBuilder row = new StringBuilder("| %s |".formatted(network));
      for (int threads : THREADS) {
        double millis = step.on(threads) / 1e6;
        row.append(
            threads == 1
                ? " %.1f |".formatted(millis)
                : " %.2f |".formatted(step.on(1) / (double) step.on(threads)));
      }
      row.append(" %.1f %% |".formatted(100.0 * step.serial() / step.nanos()));
      System.out.println(row);
      details.add(details(network, step));
    }
    System.out.println("\nOf the time on one thread, and parts that threads may share:");
    details.forEach(System.out::println);
  }

  private static Step median(String network) {
    NetworkBenchmark training = new NetworkBenchmark();
    training.library = "unroll";
    training.network = network;
    training.work = "train";
    training.prepare();
    for (int i = 0; i < WARM_UP; i++) {
      training.run();
    }
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      List<Shared> shared = new ArrayList<>();
      Parallel.watch(nanos -> shared.add(new Shared(place(), nanos)));
      long began = clock.getCurrentThreadCpuTime();
      training.run();
      steps.add(new Step(clock.getCurrentThreadCpuTime() - began, shared));
      Parallel.watch(null);
    }
    steps.sort(Comparator.comparingLong(Step::nanos));
    return steps.get(STEPS / 2);
  }

  /** The class that asked for threads. */
  private static String place() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getDeclaringClass)
                    .filter(type -> type != Cores.class && type != Parallel.class)
                    .filter(type -> type.getName().startsWith("dev.unroll"))
                    .findFirst()
                    .orElseThrow()
                    .getSimpleName());
  }

  private static String details(String network, Step step) {
    Map<String, List<Shared>> places = new TreeMap<>();
    for (Shared shared : step.shared()) {
      places.computeIfAbsent(shared.place(), place -> new ArrayList<>()).add(shared);
    }
    StringBuilder text = new StringBuilder(network).append(":");
    places.forEach(
        (place, all) ->
            text.append(
                " %s %.1f %% in %d parts at most;"
                    .formatted(
                        place,
                        100.0 * all.stream().mapToLong(Shared::sum).sum() / step.nanos(),
                        all.stream().mapToInt(s -> s.nanos().length).max().orElse(0))));
    return text.append(" the rest %.1f %%".formatted(100.0 * step.serial() / step.nanos()))
        .toString();
  }
}
