package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Reports of calls that failed. */
class FailureTest {

  @Test
  void cudnnsOwnWordsAreHandedOnInOneLine() {
    assertThat(
            Failure.ofCudnn(
                "cudnnRNNForward", "CUDNN_STATUS_BAD_PARAM", "\n  hx is null\n  while cx is not\n"))
        .hasMessage("cudnnRNNForward failed: CUDNN_STATUS_BAD_PARAM (hx is null while cx is not)");
    assertThat(Failure.ofCudnn("cudnnCreate", "CUDNN_STATUS_NOT_INITIALIZED", ""))
        .hasMessage("cudnnCreate failed: CUDNN_STATUS_NOT_INITIALIZED");
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
