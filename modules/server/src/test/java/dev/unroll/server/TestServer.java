package dev.unroll.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server of one {@link EchoTask} model, and clients of it. */
final class TestServer implements AutoCloseable {
  final EchoTask task = new EchoTask();
  final Path file;
  final ModelServer server;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestServer(Path folder) {
    this(folder, ServerConfig.local());
  }

  TestServer(Path folder, ServerConfig config) {
    file = folder.resolve("line.txt");
    write("first");
    server = new ModelServer(config, new Models(List.of(new Slot(task, "line", file))));
    task.batches.clear();
    task.pieces.set(0);
  }

  /** One worker, so that what comes while it is busy has to wait. */
  static ServerConfig oneThread(Limits limits) {
    ServerConfig local = ServerConfig.local();
    return new ServerConfig(
        local.bind(), 0, local.names(), local.origins(), local.token(), local.keys(), 1, limits);
  }

  static Limits limits(int queue, Duration body, Duration answer) {
    return limits(queue, body, answer, Limits.usual().idle());
  }

  static Limits limits(int queue, Duration body, Duration answer, Duration idle) {
    Limits usual = Limits.usual();
    return new Limits(
        usual.bytes(),
        usual.characters(),
        usual.items(),
        body,
        answer,
        queue,
        usual.batch(),
        usual.connections(),
        idle);
  }

  /** Replaces the model, as a training does. */
  void write(String line) {
    try {
      Path beside = file.resolveSibling("line.new");
      Files.writeString(beside, line);
      Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return URI.create(server.address()).getPort();
  }

  URI uri(String path) {
    return URI.create(server.address()).resolve(path);
  }

  HttpRequest.Builder post(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> call(String verb, String body) {
    return send(post("/v1/echo/" + verb, body));
  }

  CompletableFuture<HttpResponse<String>> later(String verb, String body) {
    return client.sendAsync(post("/v1/echo/" + verb, body).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)));
  }

  static JsonElement json(HttpResponse<String> response) {
    return JsonParser.parseString(response.body());
  }

  static String error(HttpResponse<String> response) {
    JsonObject object = json(response).getAsJsonObject();
    return object.get("error").getAsString();
  }

  /** A client that sends bytes as they are. */
  Socket socket(String bytes) throws IOException {
    Socket socket = new Socket("127.0.0.1", port());
    socket.setSoTimeout(15_000);
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** Everything that comes until the server closes the connection. */
  static String readAll(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    task.gate.release(1000);
    server.close();
  }
}
