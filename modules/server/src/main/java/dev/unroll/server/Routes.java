package dev.unroll.server;

import dev.unroll.data.Version;
import dev.unroll.serving.Parameter;
import dev.unroll.serving.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that the server answers. */
final class Routes {
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final Models models;
  private final Limits limits;
  private final List<Route> routes = new ArrayList<>();
  private volatile boolean stopping;

  Routes(
      Models models,
      Limits limits,
      Calls calls,
      Metrics metrics,
      Workers workers,
      Writers writers) {
    this.models = models;
    this.limits = limits;
    Page page = new Page(models);
    Inference inference = new Inference(models, limits, calls);
    Reloads reloads = new Reloads(models, limits);
    get("/", "The page.", (e, parts) -> page.answer(e, "index.html"));
    get("/page/{file}", "A file of the page.", (e, parts) -> page.answer(e, parts.get(0)));
    get("/v1", "What is served.", (e, parts) -> e.json(200, served()));
    post("/v1/reload", "Take models whose files were replaced.", (e, parts) -> reloads.answer(e));
    post(
        "/v1/{task}/{verb}",
        "Have a model do something.",
        (e, parts) -> calls.answer(e, parts.get(0), parts.get(1)));
    get("/v2", "About the server.", (e, parts) -> e.json(200, about()));
    get("/v2/health/live", "Whether it runs.", (e, parts) -> e.json(200, Map.of("live", true)));
    get("/v2/health/ready", "Whether it answers calls.", (e, parts) -> ready(e));
    get(
        "/v2/models/{name}",
        "About a model.",
        (e, parts) -> e.json(200, inference.metadata(parts.get(0))));
    get(
        "/v2/models/{name}/ready",
        "Whether a model answers calls.",
        (e, parts) -> {
          models.named(parts.get(0));
          e.json(stopping ? 503 : 200, Map.of("ready", !stopping));
        });
    post(
        "/v2/models/{name}/infer",
        "Have a model answer a tensor.",
        (e, parts) -> inference.infer(e, parts.get(0)));
    get(
        "/metrics",
        "Numbers for Prometheus.",
        (e, parts) ->
            e.answer(
                200,
                METRICS,
                metrics.text(models, workers.waiting(), workers.capacity(), writers.busy())));
    get("/openapi.json", "This document.", (e, parts) -> e.json(200, openApi()));
  }

  private void get(String path, String description, Route.Answer answer) {
    routes.add(new Route("GET", path, description, answer));
  }

  private void post(String path, String description, Route.Answer answer) {
    routes.add(new Route("POST", path, description, answer));
  }

  List<Route> all() {
    return List.copyOf(routes);
  }

  private Map<String, Object> openApi() {
    return OpenApi.document(all(), models);
  }

  /** From now on it is not ready. */
  void stopping() {
    stopping = true;
  }

  /** It is ready when every model is there, until it stops. */
  private void ready(Exchange exchange) {
    boolean ready = !stopping && models.awaited().isEmpty();
    exchange.json(ready ? 200 : 503, Map.of("ready", ready));
  }

  private static Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("name", "unroll");
    about.put("version", Version.current());
    about.put("extensions", List.of());
    return about;
  }

  /** What the page needs to know. */
  private Map<String, Object> served() {
    List<Map<String, Object>> tasks = new ArrayList<>();
    for (String task : models.tasks()) {
      Slot first = models.of(task).get(0);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("task", task);
      one.put("title", first.service().tab().title());
      one.put("place", first.service().tab().place());
      one.put("script", Page.script(task));
      one.put("models", models.of(task).stream().map(Routes::model).toList());
      tasks.add(one);
    }
    Map<String, Object> served = new LinkedHashMap<>();
    served.put("version", Version.current());
    served.put("tasks", tasks);
    served.put("awaited", models.awaited());
    served.put(
        "limits",
        Map.of(
            "bytes", limits.bytes(), "characters", limits.characters(), "items", limits.items()));
    return served;
  }

  private static Map<String, Object> verb(Verb<?> verb) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("verb", verb.name());
    one.put("description", verb.description());
    one.put("input", verb.input().one());
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (Parameter parameter : verb.parameters()) {
      parameters.put(parameter.name(), parameter.schema());
    }
    one.put("parameters", parameters);
    return one;
  }

  private static Map<String, Object> model(Slot slot) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("model", slot.name());
    one.put("sha256", slot.loaded().sha256());
    one.put("verbs", slot.loaded().verbs().values().stream().map(Routes::verb).toList());
    one.put("facts", slot.loaded().model().facts());
    return one;
  }
}
