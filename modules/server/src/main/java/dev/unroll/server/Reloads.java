package dev.unroll.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers {@code POST /v1/reload}: models whose files were replaced since they were loaded are
 * loaded again, from the places that the server was started with. One request at a time.
 */
final class Reloads {
  private static final int MOST_WAITING = 4;

  private final Models models;
  private final Limits limits;
  private final ExecutorService loader =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), new Daemons("loader"));

  Reloads(Models models, Limits limits) {
    this.models = models;
    this.limits = limits;
  }

  void answer(Exchange exchange) {
    Body.read(
        exchange,
        limits,
        body -> {
          List<Slot> slots = wanted(body);
          try {
            loader.execute(() -> reload(exchange, slots));
          } catch (RejectedExecutionException e) {
            throw new Problem(503, "models are being loaded already; try again");
          }
        });
  }

  /** All, or the one that is named. */
  private List<Slot> wanted(JsonObject body) {
    JsonElement name = body.get(Call.MODEL);
    if (name == null && body.isEmpty()) {
      return models.all();
    } else if (name == null || !name.isJsonPrimitive() || body.size() > 1) {
      throw new Problem(400, "give {} for all models, or {\"model\": \"NAME\"}");
    }
    return List.of(models.named(name.getAsString()));
  }

  private static void reload(Exchange exchange, List<Slot> slots) {
    try {
      List<Map<String, Object>> results = new ArrayList<>();
      boolean failed = false;
      for (Slot slot : slots) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("model", slot.name());
        try {
          result.put("reloaded", slot.reload());
        } catch (UserError e) {
          failed = true;
          result.put("reloaded", false);
          result.put("error", e.getMessage());
        }
        result.put("sha256", slot.loaded().sha256());
        results.add(result);
      }
      exchange.json(failed ? 409 : 200, results);
    } catch (RuntimeException | Error e) {
      exchange.fail(e);
    }
  }
}
