package dev.unroll.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.unroll.cli.JsonLines;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Open Inference Protocol, version 2, which KServe, Triton and others speak: tensors in,
 * tensors out. The input is one tensor of strings; the outputs are {@code answer}, the answers as
 * JSON, and each of their keys that is a string ({@code BYTES}) or a number ({@code FP64}) in all
 * of them.
 */
final class Inference {
  private static final String VERB = "verb";
  private static final String STRINGS = "BYTES";
  private static final String NUMBERS = "FP64";
  private static final String ANSWER = "answer";

  private final Models models;
  private final Limits limits;
  private final Calls calls;

  Inference(Models models, Limits limits, Calls calls) {
    this.models = models;
    this.limits = limits;
    this.calls = calls;
  }

  /** What a model is called, and what its first verb reads and answers. */
  Map<String, Object> metadata(String name) {
    Slot slot = models.named(name);
    Slot.Loaded loaded = slot.loaded();
    Verb<?> verb = loaded.verbs().values().iterator().next();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", name);
    object.put("versions", List.of(loaded.sha256()));
    object.put("platform", "unroll_" + slot.task());
    object.put("inputs", List.of(tensor(verb.input().one(), STRINGS)));
    List<Map<String, Object>> outputs = new ArrayList<>();
    outputs(verb, List.of(loaded.examples().get(verb.name())))
        .forEach(
            output -> outputs.add(tensor((String) output.get("name"), output.get("datatype"))));
    object.put("outputs", outputs);
    return object;
  }

  private static Map<String, Object> tensor(String name, Object type) {
    Map<String, Object> tensor = new LinkedHashMap<>();
    tensor.put("name", name);
    tensor.put("datatype", type);
    tensor.put("shape", List.of(-1));
    return tensor;
  }

  /** Answers {@code POST /v2/models/{name}/infer}. */
  void infer(Exchange exchange, String name) {
    models.named(name);
    Body.read(exchange, limits, body -> infer(exchange, models.named(name), body));
  }

  private void infer(Exchange exchange, Slot slot, JsonObject body) {
    Slot.Loaded loaded = slot.loaded();
    Map<String, JsonElement> parameters = new LinkedHashMap<>();
    if (body.get("parameters") instanceof JsonObject given) {
      parameters.putAll(given.asMap());
    }
    JsonElement named = parameters.remove(VERB);
    Verb<?> verb =
        named == null
            ? loaded.verbs().values().iterator().next()
            : Calls.requireVerb(
                slot.task(), loaded, named.isJsonPrimitive() ? named.getAsString() : "");
    infer(exchange, slot.name(), loaded, body, verb, parameters);
  }

  private <I> void infer(
      Exchange exchange,
      String name,
      Slot.Loaded loaded,
      JsonObject body,
      Verb<I> verb,
      Map<String, JsonElement> parameters) {
    if (verb.writes()) {
      throw new Problem(400, verb.name() + " writes piece by piece; call it by /v1");
    }
    requireKnown(verb, parameters);
    List<I> items = new ArrayList<>();
    for (JsonElement element : data(body)) {
      items.add(verb.input().read(element));
    }
    Call<I> call = new Call<>(verb, items, false, Arguments.read(verb.parameters(), parameters));
    call.check(limits);
    calls.work(
        call,
        loaded.pace(verb),
        exchange,
        answers -> {
          Map<String, Object> response = new LinkedHashMap<>();
          response.put("model_name", name);
          response.put("model_version", loaded.sha256());
          if (body.has("id")) {
            response.put("id", body.get("id"));
          }
          response.put("outputs", outputs(verb, answers));
          exchange.json(200, response);
        });
  }

  private static void requireKnown(Verb<?> verb, Map<String, JsonElement> parameters) {
    for (String key : parameters.keySet()) {
      if (verb.parameters().stream().noneMatch(known -> known.name().equals(key))) {
        throw new Problem(400, "%s has no parameter '%s'".formatted(verb.name(), key));
      }
    }
  }

  /** The elements of the one input, however they are nested. */
  private List<JsonElement> data(JsonObject body) {
    if (!(body.get("inputs") instanceof JsonArray inputs)
        || inputs.size() != 1
        || !(inputs.get(0) instanceof JsonObject input)
        || !(input.get("data") instanceof JsonArray data)) {
      throw new Problem(400, "'inputs' must be a list of one tensor with 'data'");
    }
    if (!new JsonPrimitive(STRINGS).equals(input.get("datatype"))) {
      throw new Problem(400, "the 'datatype' of the input must be " + STRINGS);
    }
    List<JsonElement> flat = new ArrayList<>();
    flatten(data, flat);
    if (flat.size() > limits.items()) {
      throw Call.tooMany(flat.size(), limits);
    }
    return flat;
  }

  private static void flatten(JsonArray array, List<JsonElement> flat) {
    for (JsonElement element : array) {
      if (element instanceof JsonArray inner) {
        flatten(inner, flat); // as deep as JSON was read, which is bounded
      } else {
        flat.add(element);
      }
    }
  }

  private static List<Map<String, Object>> outputs(Verb<?> verb, List<? extends List<?>> answers) {
    List<String> lines = new ArrayList<>();
    List<JsonObject> objects = new ArrayList<>();
    for (List<?> item : answers) {
      String line = JsonLines.line(verb.lists() ? item : item.get(0));
      lines.add(line);
      if (!verb.lists()) {
        objects.add(JsonParser.parseString(line).getAsJsonObject());
      }
    }
    List<Map<String, Object>> outputs = new ArrayList<>();
    outputs.add(output(ANSWER, STRINGS, lines));
    if (!objects.isEmpty()) {
      for (String key : objects.get(0).keySet()) {
        List<JsonElement> values = objects.stream().map(object -> object.get(key)).toList();
        if (values.stream()
            .allMatch(v -> v.isJsonPrimitive() && v.getAsJsonPrimitive().isString())) {
          outputs.add(output(key, STRINGS, values));
        } else if (values.stream()
            .allMatch(v -> v.isJsonPrimitive() && v.getAsJsonPrimitive().isNumber())) {
          outputs.add(output(key, NUMBERS, values));
        }
      }
    }
    return outputs;
  }

  private static Map<String, Object> output(String name, String type, List<?> data) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("name", name);
    output.put("datatype", type);
    output.put("shape", List.of(data.size()));
    output.put("data", data);
    return output;
  }
}
