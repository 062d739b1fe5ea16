package dev.unroll.server;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A Chromium without a window, driven by the DevTools protocol: no driver of its version and no
 * library is needed, and a test types and clicks as a person does.
 */
final class Browser implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration LONGEST_INSTALLATION = Duration.ofMinutes(3);
  private static final String LISTENING = "DevTools listening on ";

  /** Names a file that will hold the path of a browser, or be empty if there will be none. */
  private static final String COMING = "UNROLL_BROWSER";

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private String session;

  /** Where one is installed, if it is; waits for one that is being installed. */
  static Optional<Path> installed() throws IOException, InterruptedException {
    String coming = System.getenv(COMING);
    return coming == null ? onPath() : awaited(Path.of(coming));
  }

  private static Optional<Path> awaited(Path file) throws IOException, InterruptedException {
    for (long end = System.nanoTime() + LONGEST_INSTALLATION.toNanos(); !Files.exists(file); ) {
      if (System.nanoTime() - end > 0) {
        throw new IOException(
            "%s names %s, which has not come in %d seconds; unset it to look on the PATH"
                .formatted(COMING, file, LONGEST_INSTALLATION.toSeconds()));
      }
      Thread.sleep(200);
    }
    String path = Files.readString(file).strip();
    return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
  }

  private static Optional<Path> onPath() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens a window of that many pixels.
   *
   * @param profile an empty folder
   */
  Browser(Path program, Path profile, int width, int height) throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox", // which root may not use
                "--disable-gpu",
                "--disable-dev-shm-usage", // which is small in a container
                "--no-first-run",
                "--use-fake-device-for-media-stream", // a microphone that beeps
                "--use-fake-ui-for-media-stream",
                "--remote-debugging-port=0",
                "--window-size=" + width + "," + height,
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address(process)), new Listener())
            .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    String target =
        send("Target.createTarget", Map.of("url", "about:blank")).get("targetId").getAsString();
    session =
        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .getAsString();
    send("Page.enable", Map.of());
    send("Runtime.enable", Map.of());
    send("Log.enable", Map.of());
  }

  private static String address(Process process) throws IOException {
    BufferedReader err = new BufferedReader(new InputStreamReader(process.getErrorStream()));
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread drain = new Thread(() -> err.lines().forEach(rest -> {}), "chromium-err");
        drain.setDaemon(true);
        drain.start();
        return line.substring(LISTENING.length());
      }
    }
    throw new IOException("chromium ended with " + process.exitValue());
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        receive(JsonParser.parseString(message.toString()).getAsJsonObject());
        message.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }

  private void receive(JsonObject message) {
    if (message.has("id")) {
      answers.remove(message.get("id").getAsInt()).complete(message);
      return;
    }
    String method = message.get("method").getAsString();
    boolean error = method.equals("Log.entryAdded") && message.toString().contains("\"error\"");
    if (error || method.equals("Runtime.exceptionThrown")) {
      complaints.add(message.toString());
    }
  }

  private JsonObject send(String method, Map<String, ?> parameters) throws Exception {
    int id = ids.incrementAndGet();
    JsonObject message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", new Gson().toJsonTree(parameters));
    if (session != null) {
      message.addProperty("sessionId", session);
    }
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).join();
    JsonObject received = answer.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    if (received.has("error")) {
      throw new IOException(method + ": " + received.get("error"));
    }
    return received.getAsJsonObject("result");
  }

  /** What the page and the browser complained of: errors, and what the policy forbade. */
  List<String> complaints() {
    return complaints;
  }

  void open(String address) throws Exception {
    send("Page.navigate", Map.of("url", address));
  }

  void emulate(String feature, String value) throws Exception {
    send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /** The value of an expression. */
  JsonElement evaluate(String script) throws Exception {
    JsonObject result =
        send(
            "Runtime.evaluate",
            Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(script + ": " + result.get("exceptionDetails"));
    }
    return result.getAsJsonObject("result").get("value");
  }

  /** Waits until an expression is true. */
  void until(String script) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      JsonElement value = evaluate("Boolean(" + script + ")");
      if (value.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "never true: " + script + "; complaints: " + complaints + "; page: " + text("body"));
      }
      Thread.sleep(20);
    }
  }

  String text(String selector) throws Exception {
    return evaluate("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''")
        .getAsString();
  }

  private static String quoted(String text) {
    return new Gson().toJson(text);
  }

  /** Clicks in the middle of an element, with the mouse. */
  void click(String selector) throws Exception {
    JsonObject at = middle(selector);
    mouse("mousePressed", at, 1);
    mouse("mouseReleased", at, 1);
  }

  /** Points at the middle of an element. */
  void point(String selector) throws Exception {
    mouse("mouseMoved", middle(selector), 0);
  }

  private JsonObject middle(String selector) throws Exception {
    until("document.querySelector(" + quoted(selector) + ")");
    return evaluate(
            "(() => { const e = document.querySelector("
                + quoted(selector)
                + "); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()")
        .getAsJsonObject();
  }

  private void mouse(String type, JsonObject at, int clicks) throws Exception {
    send(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            at.get("x").getAsDouble(),
            "y",
            at.get("y").getAsDouble(),
            "button",
            clicks > 0 ? "left" : "none",
            "clickCount",
            clicks));
  }

  /** Replaces what stands in a field. */
  void type(String selector, String text) throws Exception {
    click(selector);
    evaluate("document.querySelector(" + quoted(selector) + ").select()");
    send("Input.insertText", Map.of("text", text));
  }

  /** Presses a key, such as {@code Enter} or {@code ArrowRight}. */
  void press(String key, int code) throws Exception {
    String text = key.equals("Enter") ? "\r" : "";
    for (String type : List.of("keyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type, "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
    }
  }

  /** A picture of the page. */
  void picture(Path file) throws Exception {
    String data = send("Page.captureScreenshot", Map.of("format", "png")).get("data").getAsString();
    Files.write(file, Base64.getDecoder().decode(data));
  }

  @Override
  public void close() {
    try {
      session = null;
      send("Browser.close", Map.of());
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (Exception e) { // also if it is gone already
      process.destroyForcibly();
    }
  }
}
