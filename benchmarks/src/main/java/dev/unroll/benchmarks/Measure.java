package dev.unroll.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH and prints medians for {@code layers.sh} and {@code ner/tagging.sh}.
 *
 * <pre>
 *   Measure LIBRARY NETWORK WORK...   a line "LIBRARY NETWORK WORK milliseconds" for each work
 *   Measure sgemm                     a line "sgemm GFLOP/s" of all processors together
 *   Measure tagging MODEL TEXT        words a second in bulk, milliseconds for a sentence alone
 * </pre>
 */
public final class Measure {
  private Measure() {}

  /** Measures. */
  public static void main(String[] args) throws RunnerException {
    if (args.length == 1) {
      double millis = median(run(SgemmBenchmark.class, new OptionsBuilder()).iterator().next());
      double flops = 2.0 * SgemmBenchmark.SIZE * SgemmBenchmark.SIZE * SgemmBenchmark.SIZE;
      int threads = Runtime.getRuntime().availableProcessors();
      System.out.printf("sgemm %.0f%n", threads * flops / millis / 1e6);
      return;
    }
    if (args[0].equals("tagging")) {
      tagging(args[1], args[2]);
      return;
    }
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .param("library", args[0])
            .param("network", args[1])
            .param("work", Arrays.copyOfRange(args, 2, args.length));
    for (RunResult result : run(NetworkBenchmark.class, options)) {
      String work = result.getParams().getParam("work");
      System.out.printf("%s %s %s %.3f%n", args[0], args[1], work, median(result));
    }
  }

  private static void tagging(String model, String text) throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder().param("model", model).param("text", text);
    for (RunResult result : run(TaggingBenchmark.class, options)) {
      if (result.getParams().getParam("work").equals("bulk")) {
        double seconds = median(result) / 1000;
        System.out.printf("bulk %.0f words/s%n", TaggingBenchmark.words(text) / seconds);
      } else {
        double late = result.getPrimaryResult().getStatistics().getPercentile(99) / 1000;
        System.out.printf("one %.3f ms, 99th percentile %.3f ms%n", median(result), late);
      }
    }
  }

  private static Collection<RunResult> run(Class<?> benchmark, ChainedOptionsBuilder options)
      throws RunnerException {
    return new Runner(
            options
                .include(benchmark.getName())
                .jvmArgsAppend(
                    "-XX:+UseSerialGC",
                    "-Xmx2g",
                    "-Dorg.nd4j.log.initialization=false",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  private static double median(RunResult result) {
    return result.getPrimaryResult().getStatistics().getPercentile(50) / 1000;
  }
}
