package dev.unroll.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;

/**
 * The machine and what this process may use of it.
 *
 * @param system operating system and architecture
 * @param processor its name, {@code unknown} where the system does not tell
 * @param wideVectors whether the processor is known to have AVX2 or more
 * @param processors logical processors this process may use
 * @param memoryBytes physical memory
 * @param heapBytes most that the heap may take
 * @param offHeapBytes most that arrays off the heap may take, 0 without a limit
 * @param load processes that compute, averaged over the last minute; negative if not known
 * @param gpu name, compute capability and driver of the NVIDIA graphics processors, or {@code none}
 */
record Machine(
    String system,
    String processor,
    boolean wideVectors,
    int processors,
    long memoryBytes,
    long heapBytes,
    long offHeapBytes,
    double load,
    String gpu) {

  static Machine look() {
    String info = processorInfo();
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new Machine(
        "%s %s %s".formatted(property("os.name"), property("os.version"), property("os.arch")),
        valueOf(info, "model name"),
        (" " + valueOf(info, "flags") + " ").contains(" avx2 "),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        Pointer.maxBytes(),
        system.getSystemLoadAverage(),
        gpuName());
  }

  private static String property(String name) {
    return System.getProperty(name);
  }

  /**
   * Lines of {@code name : value}, as Linux has them; other systems are asked for the name only.
   */
  private static String processorInfo() {
    Path linux = Path.of("/proc/cpuinfo");
    if (Files.isReadable(linux)) {
      try {
        return Files.readString(linux);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return "model name: "
        + (windows != null ? windows : answer("sysctl", "-n", "machdep.cpu.brand_string"));
  }

  private static String valueOf(String info, String key) {
    return info.lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .filter(Predicate.not(String::isEmpty))
        .findFirst()
        .orElse("unknown");
  }

  private static String gpuName() {
    String gpus =
        answer(
            "nvidia-smi", "--query-gpu=name,compute_cap,driver_version", "--format=csv,noheader");
    return gpus.isEmpty()
        ? "none"
        : gpus.lines().map(Machine::describeGpu).collect(Collectors.joining("; "));
  }

  /** From a line with name, compute capability and driver, separated by commas. */
  static String describeGpu(String line) {
    String[] fields = line.split(", *");
    return fields.length == 3
        ? "%s, compute capability %s, driver %s".formatted((Object[]) fields)
        : line;
  }

  /** What a program prints, or nothing where it is missing, fails or hangs. */
  private static String answer(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.exitValue() == 0 ? text : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
