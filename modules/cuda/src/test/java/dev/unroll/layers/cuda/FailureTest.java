package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Reports of calls that failed. */
class FailureTest {

  @Test
  void cudnnsOwnWordsAreHandedOnInOneLine() {
    assertThat(
            Failure.ofCudnn(
                "cudnnRNNForward",
                2000,
                "CUDNN_STATUS_BAD_PARAM",
                "\n  hx is null\n  while cx is not\n"))
        .hasMessage("cudnnRNNForward failed: CUDNN_STATUS_BAD_PARAM (hx is null while cx is not)");
    assertThat(Failure.ofCudnn("cudnnCreate", 1001, "CUDNN_STATUS_NOT_INITIALIZED", ""))
        .hasMessage("cudnnCreate failed: CUDNN_STATUS_NOT_INITIALIZED");
  }

  /** Statuses of cuDNN 9: the thousands are the kind. */
  @Test
  void whatIsNotSupportedCanBeTold() {
    assertThat(Failure.ofCudnn("cudnnSetRNNDescriptor_v8", 3000, "CUDNN_STATUS_NOT_SUPPORTED", ""))
        .isInstanceOf(NotSupported.class)
        .hasMessage("cudnnSetRNNDescriptor_v8 failed: CUDNN_STATUS_NOT_SUPPORTED");
    assertThat(Failure.ofCudnn("any", 3011, "CUDNN_STATUS_NOT_SUPPORTED_PADDING", ""))
        .isInstanceOf(NotSupported.class);
    assertThat(Failure.ofCudnn("any", 2000, "CUDNN_STATUS_BAD_PARAM", ""))
        .isNotInstanceOf(NotSupported.class);
  }

  @Test
  void aCopyIsNotBlamedForWhatWentBefore() {
    assertThat(Failure.ofCuda("cudaMemcpy", "an illegal memory access was encountered"))
        .hasMessageStartingWith("cudaMemcpy failed: an illegal memory access was encountered; ")
        .hasMessageContaining("before it")
        .message()
        .hasLineCount(1);
  }
}
