package dev.unroll.layers.cuda;

/**
 * What a version of CUDA and cuDNN needs: of the driver, looked at before any of it is loaded, and
 * of the GPU, which only CUDA can name.
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
   * Makes sure that the driver is new enough.
   *
   * @throws IllegalStateException if not; the message says so in one line
   */
  void check(Driver found) {
    if (!found.isAtLeast(driver)) {
      throw new IllegalStateException(
          "found driver %s (%s), but %s need driver %s or newer"
              .formatted(found.version(), found.cards(), libraries, driver));
    }
  }

  /**
   * Makes sure that the GPU which would compute can do so.
   *
   * @param card CUDA's first
   * @throws IllegalStateException if not; the message says why in one line
   */
  void check(Card card) {
    if (card.capability() < least) {
      throw refusal(card, "need compute capability " + Card.generation(least) + " or newer");
    }
    if (card.capability() > most) {
      throw refusal(card, "hold no code for a compute capability above " + Card.generation(most));
    }
  }

  private IllegalStateException refusal(Card card, String reason) {
    return new IllegalStateException(
        "found %s, but %s %s; CUDA_VISIBLE_DEVICES names another card where there is one"
            .formatted(card, libraries, reason));
  }

  /**
   * What to say where there is a driver and CUDA sees no GPU.
   *
   * @param reason CUDA's own words
   * @param visible the value of {@code CUDA_VISIBLE_DEVICES}, or null
   */
  static IllegalStateException noCard(String reason, String visible) {
    return new IllegalStateException(
        "found no GPU that CUDA sees: %s; CUDA_VISIBLE_DEVICES is %s"
            .formatted(reason, visible == null ? "not set" : '"' + visible + '"'));
  }
}
