package dev.unroll.layers.cuda;

/** What a call of CUDA or cuDNN that failed is reported as: one line. */
public final class Failure {
  /** What cuDNN's numbers of the same kind begin with: 3000 and up mean "not supported". */
  private static final int KIND = 1000;

  private static final int NOT_SUPPORTED = 3;

  private Failure() {}

  /**
   * The report of cuDNN; {@link NotSupported} if that is what it says.
   *
   * @param reason the name of its status
   * @param words what {@code cudnnGetLastErrorString} says, which may be nothing
   */
  static IllegalStateException ofCudnn(String call, int status, String reason, String words) {
    String detail = words.strip().replaceAll("\\s+", " ");
    String message =
        "%s failed: %s%s".formatted(call, reason, detail.isEmpty() ? "" : " (" + detail + ")");
    return status / KIND == NOT_SUPPORTED
        ? new NotSupported(message)
        : new IllegalStateException(message);
  }

  /** The report of CUDA, whose copies are the first to notice what went wrong long before them. */
  public static IllegalStateException ofCuda(String call, String reason) {
    return new IllegalStateException(
        "%s failed: %s; the fault may lie in a call before it, and the GPU answers this process no more if so. To see all calls, set CUDNN_LOGLEVEL_DBG=2 and CUDNN_LOGDEST_DBG=stderr"
            .formatted(call, reason));
  }
}
