package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtxTest {
  private static final Path SCRIPT = Path.of("src/main/cuda/compile.sh");
  private static final Pattern ENTRY = Pattern.compile("\\.visible \\.entry (\\w+)\\(");

  @Test
  void holdsAllKernelsForCardsAndDriversOldAndNew() throws IOException {
    String ptx = packed();
    assertThat(ENTRY.matcher(ptx).results().map((MatchResult found) -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Kernel.values()).map(Kernel::symbol).toList());
    assertThat(ptx.lines().skip(1))
        .startsWith(".version 7.0", ".target sm_52", ".address_size 64")
        .noneMatch(line -> line.contains("//") || line.contains(".file"));
  }

  /** What says how it rounds is not fused to a multiply-add by the driver: bits stay Java's. */
  @Test
  void leavesNoRoundingToTheDriver() throws IOException {
    assertThat(packed().lines().map(String::strip))
        .anyMatch(line -> line.startsWith("mul.rn.f32"))
        .noneMatch(line -> line.matches("(add|sub|mul)\\.f(32|64).*"));
  }

  /** The script has ptxas look at it too. */
  @Test
  void isWhatTheScriptMakes(@TempDir Path folder) throws Exception {
    assumeTrue(KernelShim.onPath("nvcc"), "there is no nvcc, which compiles the kernels");
    assumeTrue(Files.exists(SCRIPT), "there is no " + SCRIPT + " here");
    Path made = folder.resolve("kernels.ptx");
    KernelShim.run("sh " + SCRIPT, made.toString());
    String ptx = Files.readString(made);
    String release = ptx.lines().findFirst().orElseThrow();
    assumeTrue(
        packed().startsWith(release), "the kernels were compiled by another nvcc: " + release);
    assertThat(ptx.equals(packed()))
        .as("kernels.ptx is that of kernels.cu; if not, run src/main/cuda/compile.sh")
        .isTrue();
  }

  private static String packed() throws IOException {
    try (InputStream in = PtxTest.class.getResourceAsStream("kernels.ptx")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
