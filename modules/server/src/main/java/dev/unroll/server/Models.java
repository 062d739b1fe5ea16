package dev.unroll.server;

import dev.unroll.data.UserError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All models that are served, by their names, which are theirs alone. Some may still come: those of
 * the demos are served as soon as each is trained.
 */
final class Models {
  private final Map<String, Slot> byName = Collections.synchronizedMap(new LinkedHashMap<>());
  private volatile Map<String, List<Slot>> byTask = Map.of(); // every call asks for it
  private volatile List<String> awaited = List.of();

  /**
   * The models in their order; the first of a task answers where none is named.
   *
   * @throws UserError if two have the same name
   */
  Models(List<Slot> slots) {
    slots.forEach(this::add);
  }

  /**
   * One more.
   *
   * @throws UserError if there is one of that name
   */
  synchronized void add(Slot slot) {
    if (byName.putIfAbsent(slot.name(), slot) != null) {
      throw UserError.usage(
          "two models are called '%s'; name one, as in --%s other=FILE"
              .formatted(slot.name(), slot.task()));
    }
    byTask = all().stream().collect(Collectors.groupingBy(Slot::task));
  }

  /** The tasks whose models are still to come. */
  List<String> awaited() {
    return awaited;
  }

  /** From now on, models of these tasks are still to come. */
  void await(List<String> tasks) {
    awaited = List.copyOf(tasks);
  }

  List<Slot> all() {
    synchronized (byName) {
      return List.copyOf(byName.values());
    }
  }

  /** The names of the tasks, each once. */
  List<String> tasks() {
    return all().stream().map(Slot::task).distinct().toList();
  }

  /**
   * The models of a task.
   *
   * @throws Problem if there is none
   */
  List<Slot> of(String task) {
    List<Slot> slots = byTask.getOrDefault(task, List.of());
    if (slots.isEmpty() && awaited.contains(task)) {
      throw new Problem(503, "the model of %s is still being trained; try again".formatted(task));
    } else if (slots.isEmpty()) {
      throw new Problem(404, "no model of '%s' is served; tasks: %s".formatted(task, tasks()));
    }
    return slots;
  }

  /**
   * A model of a task.
   *
   * @param name null for the first
   * @throws Problem if there is none
   */
  Slot of(String task, String name) {
    List<Slot> slots = of(task);
    return name == null
        ? slots.get(0)
        : slots.stream()
            .filter(slot -> slot.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new Problem(
                        404,
                        "no model '%s' of %s is served; models: %s"
                            .formatted(name, task, slots.stream().map(Slot::name).toList())));
  }

  /**
   * A model.
   *
   * @throws Problem if there is none of that name
   */
  Slot named(String name) {
    Slot slot = byName.get(name);
    if (slot == null) {
      throw new Problem(404, "no model is called '%s'; models: %s".formatted(name, names()));
    }
    return slot;
  }

  private List<String> names() {
    return all().stream().map(Slot::name).toList();
  }
}
