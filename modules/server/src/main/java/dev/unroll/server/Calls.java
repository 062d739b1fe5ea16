package dev.unroll.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.unroll.cli.JsonLines;
import dev.unroll.serving.Verb;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Has calls answered: {@code POST /v1/TASK/VERB}. The answer to an item is what the verb prints
 * with {@code --json}; to a list, a list of such answers, or a line each for who accepts {@value
 * #LINES}. A verb that writes answers piece by piece who accepts {@value #EVENTS}.
 */
final class Calls {
  static final String LINES = "application/jsonl";
  static final String EVENTS = "text/event-stream";

  private final Models models;
  private final Limits limits;
  private final Workers workers;
  private final Writers writers;
  private final Metrics metrics;
  private final Attention attention;
  private final Alone alone = new Alone();

  Calls(
      Models models,
      Limits limits,
      Workers workers,
      Writers writers,
      Metrics metrics,
      Attention attention) {
    this.models = models;
    this.limits = limits;
    this.workers = workers;
    this.writers = writers;
    this.metrics = metrics;
    this.attention = attention;
  }

  /** Answers a call. */
  void answer(Exchange exchange, String task, String verb) {
    List<Slot> slots = models.of(task);
    if (slots.stream().noneMatch(slot -> slot.loaded().verbs().containsKey(verb))) {
      requireVerb(task, slots.get(0).loaded(), verb); // refuses, before a body is read for nothing
    }
    Body.read(exchange, limits, body -> answer(exchange, task, verb, body));
  }

  private void answer(Exchange exchange, String task, String verb, JsonObject body) {
    Slot.Loaded loaded = models.of(task, name(body)).loaded();
    Call<?> call = Call.read(requireVerb(task, loaded, verb), body, limits);
    if (call.verb().writes()) {
      write(exchange, call);
    } else {
      work(call, loaded.pace(call.verb()), exchange, answers -> print(exchange, call, answers));
    }
  }

  private static String name(JsonObject body) {
    JsonElement name = body.get(Call.MODEL);
    if (name == null) {
      return null;
    } else if (name.isJsonPrimitive() && name.getAsJsonPrimitive().isString()) {
      return name.getAsString();
    }
    throw new Problem(400, "'model' must be the name of a model, as a string");
  }

  static Verb<?> requireVerb(String task, Slot.Loaded loaded, String name) {
    Map<String, Verb<?>> verbs = loaded.verbs();
    Verb<?> verb = verbs.get(name);
    if (verb == null) {
      throw new Problem(
          404, "%s has no verb '%s'; verbs: %s".formatted(task, name, verbs.keySet()));
    }
    return verb;
  }

  /**
   * Has the items of a call answered, and goes on with the answers; in this thread at once, if it
   * is a short call of a client alone and a worker is free. This thread reads from all connections,
   * and meanwhile does not: to have another one do so costs more than a short call.
   */
  <I> void work(
      Call<I> call, Pace pace, Exchange exchange, Consumer<List<? extends List<?>>> then) {
    if (call.items().isEmpty()) {
      then.accept(List.of());
      return;
    }
    Job<I> job = new Job<>(call, pace, deadline());
    job.answers()
        .thenAccept(then)
        .exceptionally( // of the work, or of what was done with the answers
            failure -> {
              exchange.fail(failure);
              return null;
            });
    boolean here =
        alone.calls(exchange.connection()) && pace.isShort(call.arguments(), call.characters());
    if (here) {
      attention.called();
    }
    workers.submit(job, here);
    if (here) {
      attention.answered();
    }
  }

  private long deadline() {
    return System.nanoTime() + limits.answer().toNanos();
  }

  private void print(Exchange exchange, Call<?> call, List<? extends List<?>> answers) {
    if (exchange.header(HttpHeader.ACCEPT).contains(LINES)) {
      StringBuilder lines = new StringBuilder();
      answers.forEach(
          item -> item.forEach(line -> lines.append(JsonLines.line(line)).append('\n')));
      exchange.answer(200, LINES, lines.toString());
      return;
    }
    List<Object> shown =
        answers.stream().map(item -> call.verb().lists() ? (Object) item : item.get(0)).toList();
    exchange.json(200, call.alone() ? shown.get(0) : shown);
  }

  private <I> void write(Exchange exchange, Call<I> call) {
    boolean events = exchange.header(HttpHeader.ACCEPT).contains(EVENTS);
    long deadline = deadline();
    writers.submit(
        () -> {
          try {
            if (events) {
              writeEvents(exchange, call, deadline);
            } else {
              Object answer = write(call, deadline, piece -> {});
              exchange.json(200, answer);
            }
          } catch (RuntimeException | Error e) {
            exchange.fail(e);
          }
        });
  }

  /** The writing ends where the client is no more, by the exception that its piece meets. */
  private static final class Left extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Left() {
      super(null, null, false, false);
    }
  }

  private <I> Object write(Call<I> call, long deadline, Consumer<Object> piece) {
    return call.verb()
        .write(
            call.items().get(0),
            call.arguments(),
            written -> {
              metrics.piece();
              if (System.nanoTime() - deadline > 0) {
                throw new Problem(
                    503,
                    "a text has to be written within %d seconds; ask for a shorter one"
                        .formatted(limits.answer().toSeconds()));
              }
              piece.accept(written);
            });
  }

  private <I> void writeEvents(Exchange exchange, Call<I> call, long deadline) {
    EventStream stream = exchange.events(EVENTS);
    try {
      Object answer =
          write(
              call,
              deadline,
              piece -> {
                if (stream.gone()) {
                  throw new Left();
                }
                stream.send(null, piece);
              });
      stream.send("end", answer);
    } catch (Left e) {
      metrics.left();
      return;
    } catch (RuntimeException | Error e) {
      stream.send("error", Map.of("error", exchange.problem(e).getMessage()));
    }
    stream.end();
  }
}
