package dev.unroll.doctor;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.Cli;
import dev.unroll.layers.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Says what this machine computes with, how fast that is, and what slows it down. With {@code
 * --json} the same findings are one object.
 */
@Command(
    name = "unroll doctor",
    description = "Says what this machine computes with, how fast, and what slows it down.")
public final class Doctor implements Runnable {
  @Mixin private AnswerOptions answers;

  @Option(
      names = "--benchmark",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether to measure the speed, which takes some ten seconds.")
  private boolean benchmark;

  @ArgGroup(exclusive = false)
  private SparkOptions spark;

  /** The main class of {@code unroll doctor}. */
  public static void main(String[] args) {
    System.exit(Cli.run(new Doctor(), args));
  }

  @Override
  public void run() {
    Answers out = answers.answers();
    if (spark != null) {
      SparkSubmit line = spark.line();
      out.print(line.settings(), line.toString());
      return;
    }
    Map<String, Object> findings = new LinkedHashMap<>();
    Machine machine = Machine.look();
    String core = BlasCore.name();
    String kernel = LstmBenchmark.kernel();
    findings.put("system", machine.system());
    findings.put("processor", machine.processor());
    findings.put("processors", machine.processors());
    findings.put("memoryBytes", machine.memoryBytes());
    findings.put("heapBytes", machine.heapBytes());
    findings.put("offHeapBytes", machine.offHeapBytes());
    findings.put("gpu", machine.gpu());
    findings.put("java", Runtime.version().toString());
    findings.put("backend", Nd4j.getBackend().getClass().getSimpleName());
    findings.put("blas", Nd4j.factory().blas().getBlasVendor().toString());
    findings.put("blasCore", core);
    findings.put("kernel", kernel);
    findings.put("kernels", Kernels.describe());
    findings.put("threads", Runtime.getRuntime().availableProcessors());
    if (benchmark) {
      measure(findings);
    }
    List<String> warnings = Advice.on(machine, core, kernel, System.getenv());
    findings.put("warnings", warnings);
    out.print(findings, text(findings));
    out.flush();
  }

  private static void measure(Map<String, Object> findings) {
    double peak = SgemmPeak.gigaflopsPerSecond();
    LstmBenchmark.Result lstm = LstmBenchmark.run();
    findings.put("sgemmGigaflopsPerSecond", peak);
    findings.put("lstmStepMilliseconds", lstm.milliseconds());
    findings.put("lstmGigaflopsPerSecond", lstm.gigaflopsPerSecond());
    findings.put("lstmShareOfSgemm", lstm.gigaflopsPerSecond() / peak);
  }

  private static String text(Map<String, Object> findings) {
    StringBuilder text = new StringBuilder();
    line(text, "system", findings.get("system") + ", Java " + findings.get("java"));
    line(
        text,
        "processor",
        findings.get("processor") + ", " + findings.get("processors") + " logical");
    line(
        text,
        "memory",
        "%s; heap up to %s, off-heap up to %s"
            .formatted(
                gigabytes(findings.get("memoryBytes")),
                gigabytes(findings.get("heapBytes")),
                gigabytes(findings.get("offHeapBytes"))));
    line(text, "GPU", findings.get("gpu"));
    line(
        text,
        "backend",
        "%s, %s with kernels for %s"
            .formatted(findings.get("backend"), findings.get("blas"), findings.get("blasCore")));
    for (Object kernel : (List<?>) findings.get("kernels")) {
      line(text, "kernel", kernel);
    }
    line(text, "threads", findings.get("threads"));
    if (findings.containsKey("sgemmGigaflopsPerSecond")) {
      line(
          text,
          "sgemm peak",
          String.format(Locale.ROOT, "%.0f GFLOP/s", findings.get("sgemmGigaflopsPerSecond")));
      line(
          text,
          "LSTM speed",
          String.format(
              Locale.ROOT,
              "%.1f ms a step (%s), %.0f GFLOP/s, %.0f %% of the sgemm peak",
              findings.get("lstmStepMilliseconds"),
              LstmBenchmark.DESCRIPTION,
              findings.get("lstmGigaflopsPerSecond"),
              100 * (double) findings.get("lstmShareOfSgemm")));
    }
    List<?> warnings = (List<?>) findings.get("warnings");
    text.append(
        warnings.isEmpty()
            ? "Nothing slows it down."
            : warnings.stream()
                .map(warning -> "warning: " + warning)
                .collect(Collectors.joining("\n")));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(String.format(Locale.ROOT, "%-12s %s%n", name, value));
  }

  private static String gigabytes(Object bytes) {
    long value = (long) bytes;
    return value <= 0 ? "unlimited" : String.format(Locale.ROOT, "%.1f GB", value / 1e9);
  }
}
