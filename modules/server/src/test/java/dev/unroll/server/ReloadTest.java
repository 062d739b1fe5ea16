package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose files are replaced while they answer. */
@Timeout(30)
class ReloadTest {
  @TempDir private Path folder;

  private static String line(TestServer server) {
    return TestServer.json(server.call("shout", "{\"text\": \"a\"}"))
        .getAsJsonObject()
        .get("line")
        .getAsString();
  }

  private static HttpResponse<String> reload(TestServer server, String body) {
    return server.send(server.post("/v1/reload", body));
  }

  @Test
  void aReplacedFileIsTaken() {
    try (TestServer server = new TestServer(folder)) {
      assertThat(reload(server, "{}").body()).contains("\"reloaded\":false");
      server.write("second");
      assertThat(line(server)).isEqualTo("first"); // until it is asked to
      String before = server.get("/v2/models/line").body();
      HttpResponse<String> response = reload(server, "{\"model\": \"line\"}");
      assertThat(response.statusCode()).isEqualTo(200);
      JsonObject result = TestServer.json(response).getAsJsonArray().get(0).getAsJsonObject();
      assertThat(result.get("reloaded").getAsBoolean()).isTrue();
      assertThat(line(server)).isEqualTo("second");
      assertThat(server.get("/v2/models/line").body()).isNotEqualTo(before);
      assertThat(server.get("/metrics").body())
          .contains("sha256=\"" + result.get("sha256").getAsString() + "\"")
          .contains("unroll_model_reloads_total{task=\"echo\",model=\"line\"} 1");
    }
  }

  /** One that cannot be read, one that can be but fails at the first call, and none. */
  @ParameterizedTest
  @ValueSource(strings = {"broken", "failing", ""})
  void aBrokenFileChangesNothing(String content) throws IOException {
    try (TestServer server = new TestServer(folder)) {
      if (content.isEmpty()) {
        Files.delete(server.file);
      } else {
        server.write(content);
      }
      HttpResponse<String> response = reload(server, "{}");
      assertThat(response.statusCode()).isEqualTo(409);
      assertThat(response.body()).contains("\"reloaded\":false").contains("line.txt");
      assertThat(line(server)).isEqualTo("first");
      assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
      server.write("third");
      assertThat(reload(server, "{}").statusCode()).isEqualTo(200);
      assertThat(line(server)).isEqualTo("third");
    }
  }

  @Test
  void whoAsksMeanwhileGetsTheOneOrTheOther() throws Exception {
    try (TestServer server = new TestServer(folder)) {
      AtomicBoolean end = new AtomicBoolean();
      List<String> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
      Thread asking =
          new Thread(
              () -> {
                while (!end.get()) {
                  String line = line(server);
                  if (!line.matches("first|n[0-9]+")) {
                    wrong.add(line);
                  }
                }
              });
      asking.start();
      for (int i = 0; i < 20; i++) {
        server.write("n" + i);
        assertThat(reload(server, "{}").statusCode()).isEqualTo(200);
      }
      end.set(true);
      asking.join();
      assertThat(wrong).isEmpty();
      assertThat(line(server)).isEqualTo("n19");
    }
  }

  @Test
  void aModelThatIsBrokenAtTheStartEndsTheProgram() throws IOException {
    Path file = folder.resolve("broken.txt");
    Files.writeString(file, "broken");
    assertThatThrownBy(() -> new Slot(new EchoTask(), "broken", file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> new Slot(new EchoTask(), "none", folder.resolve("none.txt")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such model file");
  }
}
