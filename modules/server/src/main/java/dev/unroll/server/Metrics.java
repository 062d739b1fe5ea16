package dev.unroll.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts, and shows as Prometheus reads it. */
final class Metrics {
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };
  private static final double[] ITEMS = {1, 2, 4, 8, 16, 32, 64};

  /** What is counted of the requests of one route. */
  private record Answered(Map<Integer, LongAdder> byStatus, Histogram seconds) {
    Answered() {
      this(new ConcurrentHashMap<>(), new Histogram(SECONDS));
    }
  }

  /** By route, which are few, so that no client can make them many. */
  private final Map<String, Answered> requests = new ConcurrentHashMap<>();

  private final Histogram batches = new Histogram(ITEMS);
  private final LongAdder pieces = new LongAdder();
  private final LongAdder left = new LongAdder();
  private final LongAdder errors = new LongAdder();

  /** A request was answered. */
  void answered(String route, int status, long nanos) {
    Answered all = requests.computeIfAbsent(route, key -> new Answered());
    all.byStatus().computeIfAbsent(status, key -> new LongAdder()).increment();
    all.seconds().add(nanos / 1e9);
  }

  /** So many items were answered together. */
  void batch(int items) {
    batches.add(items);
  }

  /** A piece of a text was written. */
  void piece() {
    pieces.increment();
  }

  /** A client left while a text was written for it. */
  void left() {
    left.increment();
  }

  /** Something failed that is no client's fault. */
  void error() {
    errors.increment();
  }

  long errors() {
    return errors.sum();
  }

  /**
   * The page of numbers.
   *
   * @param waiting items that wait for a worker
   * @param capacity items that may
   * @param writing texts that are written, or wait for it
   */
  String text(Models models, int waiting, int capacity, int writing) {
    StringBuilder out = new StringBuilder();
    head(out, "unroll_requests_total", "counter", "Requests that were answered.");
    Map<String, Answered> sorted = new TreeMap<>(requests);
    sorted.forEach(
        (route, all) ->
            new TreeMap<>(all.byStatus())
                .forEach(
                    (status, count) ->
                        line(
                            out,
                            "unroll_requests_total",
                            label(route) + ",status=\"" + status + "\"",
                            count.sum())));
    head(out, "unroll_request_seconds", "histogram", "From the head of a request to its answer.");
    sorted.forEach(
        (route, all) -> all.seconds().write(out, "unroll_request_seconds", label(route)));
    head(out, "unroll_batch_items", "histogram", "Items that were answered together.");
    batches.write(out, "unroll_batch_items", "");
    head(out, "unroll_errors_total", "counter", "Failures that were no client's fault.");
    line(out, "unroll_errors_total", "", errors.sum());
    head(out, "unroll_queue_items", "gauge", "Items that wait for a worker.");
    line(out, "unroll_queue_items", "", waiting);
    head(out, "unroll_queue_capacity", "gauge", "Items that may wait.");
    line(out, "unroll_queue_capacity", "", capacity);
    head(out, "unroll_writing", "gauge", "Texts that are being written, or wait for it.");
    line(out, "unroll_writing", "", writing);
    head(out, "unroll_pieces_total", "counter", "Pieces of texts that were written.");
    line(out, "unroll_pieces_total", "", pieces.sum());
    head(out, "unroll_clients_left_total", "counter", "Clients that left before their text ended.");
    line(out, "unroll_clients_left_total", "", left.sum());
    head(out, "unroll_model_info", "gauge", "The models, by the digest of their files.");
    for (Slot slot : models.all()) {
      Slot.Loaded loaded = slot.loaded();
      String labels =
          "task=\"%s\",model=\"%s\",sha256=\"%s\""
              .formatted(slot.task(), slot.name(), loaded.sha256());
      line(out, "unroll_model_info", labels, 1);
    }
    head(out, "unroll_model_reloads_total", "counter", "Times that a model was exchanged.");
    for (Slot slot : models.all()) {
      String labels = "task=\"%s\",model=\"%s\"".formatted(slot.task(), slot.name());
      line(out, "unroll_model_reloads_total", labels, slot.reloads());
    }
    return out.toString();
  }

  private static String label(String route) {
    return "route=\"" + route + "\"";
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder out, String name, String labels, long value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(value).append('\n');
  }
}
