package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in. */
class GuardTest {
  @TempDir private Path folder;

  private static ServerConfig config(Set<String> names, Set<String> origins, String token) {
    ServerConfig local = ServerConfig.local();
    return new ServerConfig(
        local.bind(),
        0,
        names,
        origins,
        Optional.ofNullable(token),
        local.keys(),
        1,
        local.limits());
  }

  private static String status(TestServer server, String headers) throws IOException {
    String request = "GET /v1 HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
    try (Socket socket = server.socket(request)) {
      return TestServer.readAll(socket).substring(9, 12);
    }
  }

  /** A name that a page of somebody else has made to mean this machine (DNS rebinding). */
  @Test
  void aForeignHostIsRefused() throws IOException {
    try (TestServer server =
        new TestServer(folder, config(Set.of("models.example"), Set.of(), null))) {
      assertThat(status(server, "Host: localhost:" + server.port() + "\r\n")).isEqualTo("200");
      assertThat(status(server, "Host: 127.0.0.1\r\n")).isEqualTo("200");
      assertThat(status(server, "Host: [::1]\r\n")).isEqualTo("200");
      assertThat(status(server, "Host: Models.Example:80\r\n")).isEqualTo("200");
      assertThat(status(server, "Host: evil.example\r\n")).isEqualTo("421");
      assertThat(status(server, "Host: localhost.evil.example\r\n")).isEqualTo("421");
      assertThat(status(server, "")).isEqualTo("400");
    }
  }

  private static HttpResponse<String> from(TestServer server, String origin, String method) {
    HttpRequest.Builder request =
        server.post("/v1/echo/shout", "{\"text\": \"a\"}").header("Origin", origin);
    if (method.equals("OPTIONS")) {
      request.method("OPTIONS", HttpRequest.BodyPublishers.noBody());
    }
    return server.send(request);
  }

  @Test
  void aForeignPageIsRefused() {
    try (TestServer server = new TestServer(folder)) {
      String own = "http://127.0.0.1:" + server.port();
      assertThat(from(server, own, "POST").statusCode()).isEqualTo(200);
      assertThat(from(server, "https://evil.example", "POST").statusCode()).isEqualTo(403);
      assertThat(from(server, "null", "POST").statusCode()).isEqualTo(403);
      assertThat(from(server, "http://127.0.0.1:1", "POST").statusCode()).isEqualTo(403);
      HttpResponse<String> before = from(server, "https://evil.example", "OPTIONS");
      assertThat(before.statusCode()).isEqualTo(403);
      assertThat(before.headers().map()).doesNotContainKey("access-control-allow-origin");
      assertThat(server.task.batches).hasSize(1);
    }
  }

  @Test
  void aPageThatMayCallIsToldSo() {
    String friend = "https://friend.example";
    try (TestServer server = new TestServer(folder, config(Set.of(), Set.of(friend), null))) {
      HttpResponse<String> before = from(server, friend, "OPTIONS");
      assertThat(before.statusCode()).isEqualTo(204);
      assertThat(before.headers().firstValue("access-control-allow-origin")).contains(friend);
      HttpResponse<String> call = from(server, friend, "POST");
      assertThat(call.statusCode()).isEqualTo(200);
      assertThat(call.headers().firstValue("access-control-allow-origin")).contains(friend);
      assertThat(from(server, "https://other.example", "POST").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void withoutTheTokenNothingIsAnswered() {
    try (TestServer server = new TestServer(folder, config(Set.of(), Set.of(), "secret"))) {
      HttpResponse<String> none = server.call("shout", "{\"text\": \"a\"}");
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.headers().firstValue("www-authenticate")).contains("Bearer");
      assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(server.get("/v1").statusCode()).isEqualTo(401);
      assertThat(server.get("/openapi.json").statusCode()).isEqualTo(401);
      for (String wrong : new String[] {"Bearer secreT", "Bearer ", "Basic secret", "secret"}) {
        HttpRequest.Builder request =
            server.post("/v1/echo/shout", "{\"text\": \"a\"}").header("Authorization", wrong);
        assertThat(server.send(request).statusCode()).as(wrong).isEqualTo(401);
      }
      HttpRequest.Builder right =
          server
              .post("/v1/echo/shout", "{\"text\": \"a\"}")
              .header("Authorization", "Bearer secret");
      assertThat(server.send(right).statusCode()).isEqualTo(200);
      // What a browser needs to ask for the token, and what watches over the server.
      assertThat(server.get("/").statusCode()).isEqualTo(200);
      assertThat(server.get("/page/page.js").statusCode()).isEqualTo(200);
      assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyAnswerHasTheHeadersThatKeepABrowserInBounds() {
    try (TestServer server = new TestServer(folder)) {
      for (String path : new String[] {"/", "/v1", "/nosuch", "/metrics"}) {
        var headers = server.get(path).headers();
        assertThat(headers.firstValue("content-security-policy").orElse(""))
            .as(path)
            .contains("default-src 'none'")
            .doesNotContain("unsafe");
        assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
        assertThat(headers.firstValue("x-frame-options")).contains("DENY");
        assertThat(headers.map()).doesNotContainKeys("server", "access-control-allow-origin");
      }
    }
  }

  @Test
  void itSpeaksTls() throws Exception {
    Path store = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor()).isZero();
    ServerConfig local = ServerConfig.local();
    ServerConfig config =
        new ServerConfig(
            local.bind(),
            0,
            local.names(),
            local.origins(),
            local.token(),
            Optional.of(new ServerConfig.Keys(store, "changeit")),
            1,
            TestServer.limits(10, Duration.ofMillis(500), Duration.ofSeconds(10)));
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(keys);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    try (TestServer server = new TestServer(folder, config)) {
      assertThat(server.server.address()).startsWith("https://");
      HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
      URI uri = URI.create("https://localhost:" + server.port() + "/v1/echo/shout");
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"a\"}"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      // A connection that is kept is no slow head, whatever TLS sends below it.
      try (Socket socket = tls.getSocketFactory().createSocket("localhost", server.port())) {
        for (int i = 0; i < 2; i++) {
          socket
              .getOutputStream()
              .write("GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
          byte[] answer = new byte[4096];
          int read = socket.getInputStream().read(answer);
          assertThat(new String(answer, 0, Math.max(0, read))).startsWith("HTTP/1.1 200");
          Thread.sleep(i == 0 ? 1200 : 0);
        }
      }
    }
  }
}
