package dev.unroll.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.cli.Cli;
import dev.unroll.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SparkSubmitTest {
  @TempDir private Path folder;
  private String err;

  private String run(int code, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(errors, true, StandardCharsets.UTF_8);
    assertThat(Cli.run(new Doctor(), out, stream, args)).isEqualTo(code);
    err = errors.toString(StandardCharsets.UTF_8);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theLineIsOneThatAShellUnderstands() throws Exception {
    String line = run(ExitCode.DONE, "--spark", "--executor-cores", "3");
    Path program = folder.resolve("spark-submit");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder start = new ProcessBuilder("sh", "-c", line);
    start.environment().merge("PATH", folder.toString(), (old, mine) -> mine + ":" + old);
    Process shell = start.start();
    List<String> words =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(words)
        .contains("spark.executor.cores=3", "spark.executorEnv.OMP_NUM_THREADS=1", "PROGRAM")
        .anyMatch(word -> word.matches("spark.executor.extraJavaOptions=-D.* -D.*"));
  }

  @Test
  void aLargerModelAndMoreTasksTakeMore() throws Exception {
    Path model = Files.write(folder.resolve("m.zip"), new byte[64 << 20]);
    int small = new SparkSubmit(2, 1024, 0).overheadMegabytes();
    assertThat(new SparkSubmit(4, 1024, 0).overheadMegabytes()).isGreaterThan(small);
    String json = run(ExitCode.DONE, "--spark", "--model", model.toString(), "--json");
    int large = new SparkSubmit(2, 2048, 64 << 20).overheadMegabytes();
    assertThat(large).isGreaterThanOrEqualTo(small + 128);
    assertThat(json)
        .contains("\"spark.executor.memoryOverhead\":\"" + large + "m\"")
        .contains("maxphysicalbytes=" + (2048 + large) + "m");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    run(ExitCode.USAGE, "--spark", "--executor-cores", "0");
    assertThat(err).contains("--executor-cores and --executor-memory must be at least 1");
    run(3, "--spark", "--model", "none.zip");
    assertThat(err).contains("none.zip: no such file");
    run(ExitCode.USAGE, "--executor-cores", "2");
    assertThat(err).contains("--spark");
  }
}
