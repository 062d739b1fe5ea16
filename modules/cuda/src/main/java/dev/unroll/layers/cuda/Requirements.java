package dev.unroll.layers.cuda;

import java.util.List;

/**
 * What a version of CUDA and cuDNN needs, looked at before any of it is loaded.
 *
 * @param libraries their names, for people
 * @param least the oldest compute capability that they hold code for
 * @param most the newest
 * @param driver the oldest driver, on Linux
 * @see <a href="https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/">CUDA: drivers</a>
 * @see <a href="https://docs.nvidia.com/deeplearning/cudnn/latest/reference/support-matrix.html">
 *     cuDNN: compute capabilities</a>
 */
record Requirements(String libraries, int least, int most, String driver) {

  /**
   * Those of a version of {@code org.bytedeco:cuda}.
   *
   * @param version such as {@code 13.1-9.19-1.5.13}: of CUDA, of cuDNN, of the binding
   */
  static Requirements of(String version) {
    String[] parts = version.split("-");
    String libraries = "CUDA %s and cuDNN %s".formatted(parts[0], parts[1]);
    return switch (parts[0].split("\\.")[0]) {
      case "13" -> new Requirements(libraries, 75, Integer.MAX_VALUE, "580");
      case "12" -> new Requirements(libraries, 50, 90, "525.60.13");
      default -> throw new IllegalArgumentException("unknown CUDA " + version);
    };
  }

  /**
   * Makes sure that the first of these processors can be used.
   *
   * @throws IllegalStateException if not; the message says why in one line
   */
  void check(List<Gpu> gpus) {
    if (gpus.isEmpty()) {
      throw new IllegalStateException("found no NVIDIA GPU: nvidia-smi is missing or names none");
    }
    Gpu gpu = gpus.get(0);
    if (gpu.capability() < least) {
      throw refusal(gpu, "need compute capability " + generation(least) + " or newer");
    }
    if (gpu.capability() > most) {
      throw refusal(gpu, "hold no code for a compute capability above " + generation(most));
    }
    if (!gpu.hasDriver(driver)) {
      throw refusal(gpu, "need driver " + driver + " or newer");
    }
  }

  private IllegalStateException refusal(Gpu gpu, String reason) {
    return new IllegalStateException(
        "found %s, compute capability %s, driver %s, but %s %s"
            .formatted(gpu.name(), generation(gpu.capability()), gpu.driver(), libraries, reason));
  }

  private static String generation(int capability) {
    return capability / 10 + "." + capability % 10;
  }
}
