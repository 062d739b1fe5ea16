import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.sun.management.OperatingSystemMXBean;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls a model without a server: as many threads as there are connections, each asking for one item
 * after the other. Run from its source, with the class path of the server:
 *
 * <pre>java -cp CLASSPATH Library.java TASK VERB FILE BODIES</pre>
 *
 * <p>BODIES is a file of what the server is sent in turn, a path, a tab and JSON a line. Does what it is told line by line, so
 * that it can be asked in turns with a server: {@code warm THREADS SECONDS} has it call until the JVM compiles no more to speak
 * of, at most so long, and answers a line; {@code ask THREADS SECONDS} answers calls a second, 50, 95 and 99 % of the latencies, and processor time a call, these
 * in milliseconds.
 */
class Library {
  private static final double COMPILED = 0.03; // of the time may be compiling still

  /** The latencies of one thread, in nanoseconds. */
  private static final class Times {
    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long time) {
      nanos = count == nanos.length ? Arrays.copyOf(nanos, 2 * count) : nanos;
      nanos[count++] = time;
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    List<Runnable> calls = calls(args[0], args[1], Path.of(args[2]), Path.of(args[3]));
    Scanner in = new Scanner(System.in);
    while (in.hasNext()) {
      boolean warm = in.next().equals("warm");
      int count = in.nextInt();
      double seconds = Double.parseDouble(in.next());
      if (warm) {
        compile(calls, count, (int) seconds);
        System.out.println("warm");
        continue;
      }
      long busy = processorTime();
      long began = System.nanoTime();
      long[] all = ask(calls, count, seconds);
      busy = processorTime() - busy;
      double took = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          "%.1f %.3f %.3f %.3f %.4f%n",
          all.length / took,
          milliseconds(all, 0.5),
          milliseconds(all, 0.95),
          milliseconds(all, 0.99),
          busy / 1e6 / all.length);
    }
    System.exit(0);
  }

  /** Calls until the JVM compiles no more to speak of, at most so many seconds. */
  private static void compile(List<Runnable> calls, int count, int most)
      throws InterruptedException {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long end = System.nanoTime() + most * 1_000_000_000L;
    long slice = 2;
    long before;
    do {
      before = compiler.getTotalCompilationTime();
      ask(calls, count, slice);
    } while (compiler.getTotalCompilationTime() - before > 1000 * COMPILED * slice
        && System.nanoTime() < end);
  }

  /** Of all threads, in nanoseconds. */
  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static double milliseconds(long[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  private static List<Runnable> calls(String task, String verb, Path file, Path bodies)
      throws IOException {
    TaskService service =
        ServiceLoader.load(TaskService.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.task().equals(task))
            .findFirst()
            .orElseThrow();
    ServedModel model = service.load(file);
    Verb<?> asked =
        model.verbs().stream().filter(one -> one.name().equals(verb)).findFirst().orElseThrow();
    return Files.readAllLines(bodies).stream()
        .map(line -> JsonParser.parseString(line.substring(line.indexOf('\t') + 1)))
        .map(body -> call(asked, body.getAsJsonObject().asMap()))
        .toList();
  }

  private static <I> Runnable call(Verb<I> verb, Map<String, JsonElement> body) {
    Map<String, JsonElement> given = new HashMap<>(body);
    List<I> items = List.of(verb.input().read(given.remove(verb.input().one())));
    Arguments arguments = Arguments.read(verb.parameters(), given);
    return () -> verb.answer(items, arguments);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The latencies, from the shortest to the longest. */
  private static long[] ask(List<Runnable> calls, int count, double seconds)
      throws InterruptedException {
    AtomicBoolean end = new AtomicBoolean();
    CountDownLatch all = new CountDownLatch(1); // who works already would hold up the others
    List<Times> times = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Times own = new Times();
      times.add(own);
      Thread thread =
          new Thread(
              () -> {
                await(all);
                for (int next = 0; !end.get(); next = (next + 1) % calls.size()) {
                  long began = System.nanoTime();
                  calls.get(next).run();
                  own.add(System.nanoTime() - began);
                }
              });
      threads.add(thread);
      thread.start();
    }
    all.countDown();
    Thread.sleep((long) (1000 * seconds));
    end.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    return times.stream()
        .flatMapToLong(own -> Arrays.stream(own.nanos, 0, own.count))
        .sorted()
        .toArray();
  }
}
