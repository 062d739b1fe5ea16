package dev.unroll.server;

import dev.unroll.data.Version;
import dev.unroll.serving.Parameter;
import dev.unroll.serving.Verb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The interface as a document of OpenAPI 3.1: every route, and every verb of every task. */
final class OpenApi {
  private static final String TASK_AND_VERB = "/v1/{task}/{verb}";

  private OpenApi() {}

  static Map<String, Object> document(List<Route> routes, Models models) {
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      if (route.path().equals(TASK_AND_VERB)) {
        verbs(models, paths);
      } else {
        paths
            .computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
            .put(route.method().toLowerCase(Locale.ROOT), operation(route));
      }
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", "Unroll", "version", Version.current()));
    document.put("paths", paths);
    document.put(
        "components",
        Map.of("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
    return document;
  }

  private static Map<String, Object> operation(Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", route.description());
    List<Map<String, Object>> parameters =
        route.path().contains("{")
            ? List.of(
                Map.of(
                    "name",
                    route.path().replaceAll(".*\\{([a-z]+)}.*", "$1"),
                    "in",
                    "path",
                    "required",
                    true,
                    "schema",
                    Map.of("type", "string")))
            : List.of();
    operation.put("parameters", parameters);
    operation.put("responses", Map.of("200", Map.of("description", "the answer")));
    return operation;
  }

  private static void verbs(Models models, Map<String, Map<String, Object>> paths) {
    for (Slot slot : models.all()) {
      for (Verb<?> verb : slot.loaded().verbs().values()) {
        String path = "/v1/" + slot.task() + "/" + verb.name();
        paths.computeIfAbsent(
            path,
            one -> {
              Map<String, Object> methods = new LinkedHashMap<>();
              methods.put("post", operation(slot.task(), verb, models));
              return methods;
            });
      }
    }
  }

  private static Map<String, Object> operation(String task, Verb<?> verb, Models models) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", verb.description());
    operation.put(
        "requestBody",
        Map.of(
            "required",
            true,
            "content",
            Map.of(Exchange.JSON, Map.of("schema", schema(task, verb, models)))));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(Exchange.JSON, Map.of());
    content.put(verb.writes() ? Calls.EVENTS : Calls.LINES, Map.of());
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put("200", Map.of("description", "what --json prints", "content", content));
    responses.put("400", Map.of("description", "the call is wrong; 'error' says how"));
    responses.put("413", Map.of("description", "too much at once"));
    responses.put("503", Map.of("description", "no room in the queue; see Retry-After"));
    operation.put("responses", responses);
    return operation;
  }

  private static Map<String, Object> schema(String task, Verb<?> verb, Models models) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(verb.input().one(), verb.input().schema());
    if (!verb.writes()) {
      properties.put(verb.input().many(), Map.of("type", "array", "items", verb.input().schema()));
    }
    for (Parameter parameter : verb.parameters()) {
      properties.put(parameter.name(), parameter.schema());
    }
    properties.put(
        Call.MODEL,
        Map.of("type", "string", "enum", models.of(task).stream().map(Slot::name).toList()));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    return schema;
  }
}
