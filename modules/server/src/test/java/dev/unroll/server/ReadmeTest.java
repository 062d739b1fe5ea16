package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clients of README.md, run as they stand there. */
@Timeout(30)
class ReadmeTest {
  private static ModelServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    Slot slot =
        new Slot(TaskModels.task("sentiment"), "reviews", TaskModels.file("sentiment", "lstm.zip"));
    server = new ModelServer(ServerConfig.local(), new Models(List.of(slot)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A block in a language, for this server. */
  private static String block(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(matcher.find()).as(language).isTrue();
    int port = URI.create(server.address()).getPort();
    return matcher.group(1).replace("localhost:8080", "localhost:" + port);
  }

  private String run(String file, String content, String... command) throws Exception {
    Files.writeString(folder.resolve(file), content);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  @Test
  void curl() throws Exception {
    assumeTrue(installed("curl") && installed("sh"));
    assertThat(run("call.sh", block("sh"), "sh", "call.sh"))
        .contains("\"text\":\"I loved every page of it.\",\"label\":");
  }

  @Test
  void python() throws Exception {
    assumeTrue(installed("python3"));
    assertThat(run("call.py", block("python"), "python3", "call.py").lines())
        .hasSize(2)
        .allMatch(line -> line.matches("\\w+ 0\\.\\d+"));
  }

  @Test
  void java() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(run("Client.java", block("java"), java, "-XX:TieredStopAtLevel=1", "Client.java"))
        .contains("\"label\":");
  }
}
