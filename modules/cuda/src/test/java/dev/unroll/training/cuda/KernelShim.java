package dev.unroll.training.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Computes the kernels on the CPU, by {@code kernels.cu} itself, which {@code shim.cpp} lets g++
 * compile. Addresses are those of this process. Tests that need it are left out where there is no
 * g++.
 */
final class KernelShim implements Launcher {
  private static final Path KERNELS = Path.of("src/main/cuda/kernels.cu");
  private static final Path SHIM = Path.of("src/test/cuda/shim.cpp");
  private static final int BITS_OF_A_KIND = 3;

  private static KernelShim loaded;

  private KernelShim() {}

  /** Compiles, the first time. */
  static synchronized KernelShim load() throws IOException, InterruptedException {
    assumeTrue(onPath("g++"), "there is no g++, which compiles the kernels for the CPU");
    assumeTrue(Files.exists(KERNELS), "there is no " + KERNELS + " here to be compiled");
    if (loaded == null) {
      System.load(compile().toString());
      loaded = new KernelShim();
    }
    return loaded;
  }

  /** Whether there is such a command. */
  static boolean onPath(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  private static Path compile() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("kernels");
    Path library = folder.resolve(System.mapLibraryName("kernels"));
    folder.toFile().deleteOnExit();
    library.toFile().deleteOnExit();
    String kernels =
        Stream.of(Kernel.values())
            .map(kernel -> "KERNEL(" + kernel.symbol() + ")")
            .collect(Collectors.joining(" "));
    run(
        "g++ -std=c++17 -O1 -U_FORTIFY_SOURCE -ffp-contract=off -shared -fPIC -fvisibility=hidden -Wall -Wextra -Werror",
        "-DKERNELS=" + kernels,
        "-I" + KERNELS.getParent(),
        "-o",
        library.toString(),
        SHIM.toString());
    return library;
  }

  /** Runs a command to its end, which must be a good one. */
  static void run(String words, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(words.split(" ")), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
    }
  }

  @Override
  public void launch(Kernel kernel, int blocks, int threads, KernelArguments arguments) {
    long kinds = 0;
    for (int i = 0; i < arguments.count(); i++) {
      kinds |= (arguments.kind(i).ordinal() + 1L) << BITS_OF_A_KIND * i;
    }
    synchronized (KernelShim.class) {
      switch (launch(kernel.ordinal(), blocks, threads, arguments.pointers().address(), kinds)) {
        case 0 -> {}
        case 1 -> throw new AssertionError(kernel + " takes other arguments or fewer threads");
        default -> throw new AssertionError("a barrier of " + kernel + " parts its threads");
      }
    }
  }

  private static native int launch(
      int kernel, int blocks, int threads, long parameters, long kinds);
}
