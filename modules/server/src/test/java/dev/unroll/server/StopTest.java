package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How it ends. */
@Timeout(30)
class StopTest {
  @TempDir private Path folder;

  @Test
  void whatWasAcceptedIsAnswered() throws Exception {
    ServerConfig config = TestServer.oneThread(Limits.usual());
    try (TestServer server = new TestServer(folder, config)) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      answers.add(server.later("wait", "{\"text\": \"0\"}"));
      while (server.task.begun.get() == 0) {
        Thread.sleep(5);
      }
      for (int i = 1; i < 5; i++) {
        answers.add(server.later("shout", "{\"text\": \"" + i + "\"}"));
      }
      CompletableFuture<HttpResponse<String>> text =
          server.later("write", "{\"prime\": \"\", \"length\": 30, \"pause\": 20}");
      while (server.task.pieces.get() == 0) {
        Thread.sleep(5);
      }
      int port = server.port();
      Thread stopping = new Thread(server.server::close);
      stopping.start();
      Thread.sleep(600); // longer than a connection may be idle now
      assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
          .isInstanceOf(java.io.IOException.class);
      server.task.gate.release(10);
      answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
      assertThat(text.join().body()).contains("x".repeat(30));
      stopping.join();
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    try (TestServer server = new TestServer(folder)) {
      ServerConfig local = ServerConfig.local();
      ServerConfig taken =
          new ServerConfig(
              local.bind(),
              server.port(),
              local.names(),
              local.origins(),
              local.token(),
              local.keys(),
              1,
              local.limits());
      assertThatThrownBy(() -> new TestServer(folder, taken))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("cannot listen at 127.0.0.1:" + server.port())
          .hasMessageContaining("in use");
    }
  }
}
