package dev.unroll.layers.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.RecurrentKernel;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** The check before use, of libraries that are right and of some that are wrong in one place. */
class SelfCheckTest {

  @Test
  void floatsAreAcceptedAndTheErrorIsTold() {
    SelfCheck.Result result =
        SelfCheck.run(kernel(new CudnnDouble(), Arithmetic.FLOAT), Arithmetic.FLOAT);

    assertThat(result.error()).isBetween(1e-9, 1e-5);
    assertThat(result).asString().matches("checked in \\d+ ms \\(largest error \\d\\.\\de-0\\d\\)");
  }

  @Test
  void tf32IsAcceptedAndIsNotFloat() {
    RecurrentKernel rounding = kernel(new CudnnDouble(), Arithmetic.TF32);

    assertThat(SelfCheck.run(rounding, Arithmetic.TF32).error()).isBetween(1e-4, 5e-3);
    assertThatThrownBy(() -> SelfCheck.run(rounding, Arithmetic.FLOAT))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherOrderOfGatesIsRefused() {
    refused(new CudnnDouble(gate -> gate ^ 1), "equations of");
  }

  @Test
  void whatIsWrongInOnePlaceOnlyIsRefusedAndNamed() {
    refused(
        wrong((shape, type, training) -> shape.hidden() >= 64 && training), "128 units, training");
    refused(wrong((shape, type, training) -> !training), "128 units, inference");
    refused(wrong((shape, type, training) -> type == DataType.DOUBLE), "rows of double");
    refused(wrong((shape, type, training) -> shape.cell() == Cell.GRU_RESET_AFTER), "GRU_RESET");
  }

  /** 0.001 is within what TF32 may be off by. */
  @Test
  void tf32HidesNothingThatIsWrongInFloats() {
    assertThatThrownBy(
            () ->
                CudnnProvider.checked(
                    "wrong",
                    wrong((shape, type, training) -> type == DataType.FLOAT),
                    Arithmetic.TF32))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("equations of");
  }

  @Test
  void whoAsksIsToldWhatItComputesInAndHowWell() {
    assertThat(CudnnProvider.checked("double", new CudnnDouble(), Arithmetic.FLOAT))
        .asString()
        .contains("in floats, checked in ", "largest error");
    assertThat(kernel(new CudnnDouble(), Arithmetic.TF32)).asString().endsWith("in TF32");
  }

  private static CudnnDouble wrong(CudnnDouble.Fault fault) {
    CudnnDouble cudnn = new CudnnDouble();
    cudnn.fault = fault;
    return cudnn;
  }

  private static void refused(CudnnDouble cudnn, String words) {
    assertThatThrownBy(() -> SelfCheck.run(kernel(cudnn, Arithmetic.FLOAT), Arithmetic.FLOAT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(words)
        .message()
        .hasLineCount(1);
  }

  private static RecurrentKernel kernel(CudnnDouble cudnn, Arithmetic arithmetic) {
    return new CudnnKernel("double", cudnn, arithmetic);
  }
}
