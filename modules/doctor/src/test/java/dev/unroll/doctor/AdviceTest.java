package dev.unroll.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
  private static final Map<String, String> GOOD = Map.of("OMP_NUM_THREADS", "1");

  private static Machine machine(boolean wideVectors, long heap, long offHeap) {
    return machine(wideVectors, heap, offHeap, 0.5);
  }

  private static Machine machine(boolean wideVectors, long heap, long offHeap, double load) {
    return machine(wideVectors, heap, offHeap, load, "none");
  }

  private static Machine machine(
      boolean wideVectors, long heap, long offHeap, double load, String gpu) {
    return new Machine("system", "processor", wideVectors, 2, 8L << 30, heap, offHeap, load, gpu);
  }

  private static List<String> on(Map<String, String> environment) {
    return Advice.on(machine(true, 2L << 30, 2L << 30), "SkylakeX", "onednn", environment);
  }

  @Test
  void nothingIsSaidOfAGoodMachine() {
    assertThat(on(GOOD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"OPENBLAS_CORETYPE, Haswell", "OPENBLAS_L2_SIZE, 512", "OMP_NUM_THREADS, 2"})
  void aHarmfulVariableIsNamedWithItsValue(String variable, String value) {
    var environment = new HashMap<>(GOOD);
    environment.put(variable, value);
    assertThat(on(environment)).singleElement().asString().contains(variable, value);
  }

  @Test
  void aGpuThatNothingUsesIsMentioned() {
    Machine machine = machine(true, 2L << 30, 2L << 30, 0, "NVIDIA H200");
    assertThat(Advice.on(machine, "SkylakeX", "onednn", GOOD))
        .singleElement()
        .asString()
        .contains("--backend cuda");
    assertThat(Advice.on(machine, "SkylakeX", "cudnn", GOOD)).isEmpty();
  }

  @Test
  void aGpuIsNamedWithItsGenerationAndDriver() {
    assertThat(Machine.describeGpu("NVIDIA H200, 9.0, 580.159.03"))
        .isEqualTo("NVIDIA H200, compute capability 9.0, driver 580.159.03");
  }

  @Test
  void aSlowerKernelThatWasNamedIsWarnedOf() {
    var environment = new HashMap<>(GOOD);
    environment.put("UNROLL_KERNEL", "openblas");
    assertThat(Advice.on(machine(true, 2L << 30, 2L << 30), "Zen", "openblas", environment))
        .singleElement()
        .asString()
        .contains("UNROLL_KERNEL is openblas");
    environment.put("UNROLL_KERNEL", "onednn");
    assertThat(on(environment)).isEmpty();
  }

  @Test
  void threadsThatNobodyLimitedAreWarnedOf() {
    assertThat(on(Map.of())).singleElement().asString().contains("2 threads", "OMP_NUM_THREADS=1");
  }

  @Test
  void oldKernelsMatterOnlyOnANewerProcessor() {
    Machine old = machine(false, 2L << 30, 0);
    assertThat(Advice.on(old, "Barcelona", "onednn", GOOD)).isEmpty();
    Machine recent = machine(true, 2L << 30, 0);
    assertThat(Advice.on(recent, "Barcelona", "onednn", GOOD))
        .singleElement()
        .asString()
        .contains("Barcelona", "AVX2");
  }

  @Test
  void littleMemoryAndASlowKernelAreWarnedOf() {
    assertThat(Advice.on(machine(true, 512L << 20, 256L << 20), "Zen", "reference", GOOD))
        .hasSize(3)
        .anyMatch(line -> line.contains("512 MB") && line.contains("-Xmx"))
        .anyMatch(line -> line.contains("256 MB") && line.contains("maxbytes"))
        .anyMatch(line -> line.contains("reference kernel"));
  }

  @Test
  void aBusyMachineIsWarnedOf() {
    Machine busy = machine(true, 2L << 30, 0, 7.6);
    assertThat(Advice.on(busy, "Zen", "onednn", GOOD))
        .containsExactly("8 processes share 2 processors; what is measured meanwhile is too slow");
  }

  @Test
  void theCoreIsReadFromWhatTheLibrarySays() {
    assertThat(BlasCore.parse("WARNING: x\nCore: SkylakeX\n")).isEqualTo("SkylakeX");
    assertThat(BlasCore.parse("")).isEqualTo(BlasCore.UNKNOWN);
  }
}
