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
 *   Measure LIBRARY NETWORK WORK...   a line "LIBRARY NETWORK WORK median quartile quartile" for each work
 *   Measure sgemm                     a line "sgemm GFLOP/s" of all processors together
 *   Measure tagging MODEL TEXT        words a second in bulk, milliseconds for a sentence alone
 * </pre>
 */
public final class Measure {
  private Measure() {}

  /** Measures. */
  public static void main(String[] args) throws RunnerException {
    if (args.length == 1) {
      RunResult result = run(SgemmBenchmark.class, new OptionsBuilder()).iterator().next();
      double millis = percentile(result, 50);
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
      System.out.printf(
          "%s %s %s %.4f %.4f %.4f%n",
          args[0],
          args[1],
          work,
          percentile(result, 50),
          percentile(result, 25),
          percentile(result, 75));
    }
  }

  private static void tagging(String model, String text) throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder().param("model", model).param("text", text);
    for (RunResult result : run(TaggingBenchmark.class, options)) {
      if (result.getParams().getParam("work").equals("bulk")) {
        double seconds = percentile(result, 50) / 1000;
        System.out.printf("bulk %.0f words/s%n", TaggingBenchmark.words(text) / seconds);
      } else {
        System.out.printf(
            "one %.3f ms, 99th percentile %.3f ms%n",
            percentile(result, 50), percentile(result, 99));
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

  private static double percentile(RunResult result, int percent) {
    return result.getPrimaryResult().getStatistics().getPercentile(percent) / 1000;
  }
}
