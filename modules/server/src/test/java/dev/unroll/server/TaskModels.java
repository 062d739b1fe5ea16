package dev.unroll.server;

import com.google.gson.Gson;
import dev.unroll.serving.TaskService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** Small models of the tasks, which their tests hold, and a server of them. */
final class TaskModels {
  /** From the folder of this module. */
  private static final Path ROOT = Path.of("..", "..");

  private static final List<TaskService> TASKS = TaskOptions.tasks();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private TaskModels() {}

  static Path file(String task, String name) {
    return ROOT.resolve(Path.of(task, "src", "test", "resources", "models", name));
  }

  static TaskService task(String name) {
    return TASKS.stream().filter(task -> task.task().equals(name)).findFirst().orElseThrow();
  }

  /** The answer to a call. */
  static HttpResponse<String> post(ModelServer server, String path, Object body, String accept) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address()).resolve(path))
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(BodyPublishers.ofString(new Gson().toJson(body)))
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves them all. */
  static ModelServer server() {
    return new ModelServer(
        ServerConfig.local(),
        new Models(
            List.of(
                slot("sentiment", "lstm.zip"),
                slot("ner", "crf-lstm.zip"),
                slot("charlm", "characters.zip"),
                slot("embeddings", "packed.bin.gz"),
                slot("speech", "both.zip"),
                slot("activity", "figure.zip"),
                slot("dna", "strands.zip"),
                new Slot(task("dna"), "genes", file("dna", "genes.zip")),
                slot("music", "roll.zip"))));
  }

  static Slot slot(String task, String name) {
    return new Slot(task(task), task, file(task, name));
  }
}
