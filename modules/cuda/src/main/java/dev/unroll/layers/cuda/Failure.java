package dev.unroll.layers.cuda;

/** What a call of CUDA or cuDNN that failed is reported as: one line. */
public final class Failure {
  private Failure() {}

  /**
   * The report of cuDNN.
   *
   * @param reason the name of its status
   * @param words what {@code cudnnGetLastErrorString} says, which may be nothing
   */
  static IllegalStateException ofCudnn(String call, String reason, String words) {
    String detail = words.strip().replaceAll("\\s+", " ");
    return new IllegalStateException(
        "%s failed: %s%s".formatted(call, reason, detail.isEmpty() ? "" : " (" + detail + ")"));
  }

  /** The report of CUDA, whose copies are the first to notice what went wrong long before them. */
  public static IllegalStateException ofCuda(String call, String reason) {
    return new IllegalStateException(
        "%s failed: %s; the fault may lie in a call before it, and the GPU answers this process no more if so. To see all calls, set CUDNN_LOGLEVEL_DBG=2 and CUDNN_LOGDEST_DBG=stderr"
            .formatted(call, reason));
  }
}
