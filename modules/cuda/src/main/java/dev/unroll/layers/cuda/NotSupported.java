package dev.unroll.layers.cuda;

/** cuDNN answered {@code CUDNN_STATUS_NOT_SUPPORTED}: it may do another way. */
final class NotSupported extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NotSupported(String message) {
    super(message);
  }
}
