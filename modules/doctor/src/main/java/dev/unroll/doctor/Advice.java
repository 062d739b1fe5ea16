package dev.unroll.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What makes this machine slower than it is, and what to do about it. */
final class Advice {
  private static final long LEAST_BYTES = 1L << 30;

  /** What OpenBLAS falls back to on an x86 processor that it does not know. */
  private static final Set<String> BEFORE_AVX2 =
      Set.of(
          "Generic",
          "Prescott",
          "Katmai",
          "Coppermine",
          "Northwood",
          "Banias",
          "Core2",
          "Penryn",
          "Dunnington",
          "Nehalem",
          "Atom",
          "Athlon",
          "Opteron",
          "Opteron_SSE3",
          "Barcelona",
          "Bobcat",
          "Nano",
          "Sandybridge",
          "Bulldozer",
          "Piledriver",
          "Steamroller");

  private Advice() {}

  /**
   * One line for each setting that does harm.
   *
   * @param core for which OpenBLAS has chosen its kernels
   * @param kernel the name of what computes recurrent layers
   * @param environment the environment variables
   */
  static List<String> on(
      Machine machine, String core, String kernel, Map<String, String> environment) {
    List<String> advice = new ArrayList<>();
    for (String variable : List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")) {
      String value = environment.get(variable);
      if (value != null) {
        advice.add(
            "%s is %s and overrides what OpenBLAS finds out by itself; unset it"
                .formatted(variable, value));
      }
    }
    if (machine.wideVectors() && BEFORE_AVX2.contains(core)) {
      advice.add(
          "OpenBLAS computes for %s, though this processor has AVX2 or more; unset OPENBLAS_CORETYPE or use a newer OpenBLAS"
              .formatted(core));
    }
    String openMp =
        environment.getOrDefault("OMP_NUM_THREADS", String.valueOf(machine.processors()));
    if (!openMp.equals("1")) {
      advice.add(
          "the libraries may use %s threads each, which get in each other's way; set OMP_NUM_THREADS=1"
              .formatted(openMp));
    }
    String named = environment.get("UNROLL_KERNEL");
    boolean onGpu = kernel.equals("cudnn");
    if (named != null && !kernel.equals("onednn") && !onGpu) {
      advice.add(
          "UNROLL_KERNEL is %s, so recurrent layers are computed by the slower kernel %s; unset it"
              .formatted(named, kernel));
    } else if (kernel.equals("reference")) {
      advice.add(
          "recurrent layers are computed by the reference kernel, which is made to be read; no faster one can be loaded here");
    }
    if (!machine.gpu().equals("none") && !onGpu) {
      advice.add(
          "recurrent layers do not use the GPU; see kernel cudnn above, or run with --backend cuda, which is untested on GPU hardware");
    }
    if (machine.heapBytes() < LEAST_BYTES) {
      advice.add(
          "the heap may take no more than %d MB; allow more with UNROLL_JAVA_OPTS=-Xmx2g"
              .formatted(machine.heapBytes() >> 20));
    }
    if (machine.offHeapBytes() > 0 && machine.offHeapBytes() < LEAST_BYTES) {
      advice.add(
          "arrays off the heap may take no more than %d MB; allow more with UNROLL_JAVA_OPTS=-Dorg.bytedeco.javacpp.maxbytes=4g"
              .formatted(machine.offHeapBytes() >> 20));
    }
    if (machine.load() > machine.processors()) {
      advice.add(
          "%.0f processes share %d processors; what is measured meanwhile is too slow"
              .formatted(machine.load(), machine.processors()));
    }
    return advice;
  }
}
