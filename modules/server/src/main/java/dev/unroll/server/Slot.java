package dev.unroll.server;

import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The place of a model under its name. A model whose file was replaced is loaded and tried beside
 * the one that answers, and only then takes its place; calls that the old one has begun are ended
 * by it.
 */
final class Slot {
  /**
   * A model that was loaded and tried.
   *
   * @param sha256 of its file
   * @param verbs by name, in the model's order
   * @param examples what each verb answers to its example
   * @param paces how long calls of each verb take
   */
  record Loaded(
      ServedModel model,
      String sha256,
      Map<String, Verb<?>> verbs,
      Map<String, List<?>> examples,
      Map<String, Pace> paces) {
    Pace pace(Verb<?> verb) {
      return paces.get(verb.name());
    }
  }

  private final TaskService service;
  private final String name;
  private final Path file;
  private final AtomicLong reloads = new AtomicLong();
  private volatile Loaded loaded;

  /**
   * Loads a model.
   *
   * @throws UserError if it cannot be loaded, or fails at what it is tried with
   */
  Slot(TaskService service, String name, Path file) {
    this.service = service;
    this.name = name;
    this.file = file;
    if (!Files.isRegularFile(file)) {
      throw UserError.data(file, "there is no such model file; train writes one");
    }
    this.loaded = load(Sha256.of(file));
  }

  String task() {
    return service.task();
  }

  TaskService service() {
    return service;
  }

  String name() {
    return name;
  }

  /** The model that answers now. */
  Loaded loaded() {
    return loaded;
  }

  /** How often the model was exchanged. */
  long reloads() {
    return reloads.get();
  }

  /**
   * Takes the file's model, if that is another than the one that answers.
   *
   * @return whether it is another
   * @throws UserError if it cannot be loaded or fails; the old one then goes on answering
   */
  synchronized boolean reload() {
    String now = Sha256.of(file);
    if (now.equals(loaded.sha256())) {
      return false;
    }
    loaded = load(now);
    reloads.incrementAndGet();
    return true;
  }

  private Loaded load(String sha256) {
    ServedModel model = service.load(file);
    Map<String, Verb<?>> verbs = new LinkedHashMap<>();
    Map<String, List<?>> examples = new LinkedHashMap<>();
    Map<String, Pace> paces = new LinkedHashMap<>();
    for (Verb<?> verb : model.verbs()) {
      verbs.put(verb.name(), verb);
      examples.put(verb.name(), tried(verb));
      paces.put(verb.name(), new Pace());
    }
    return new Loaded(model, sha256, verbs, examples, paces);
  }

  private <I> List<?> tried(Verb<I> verb) {
    List<? extends List<?>> answers;
    try {
      answers = verb.answer(List.of(verb.example()), Arguments.usual(verb.parameters()));
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException e) {
      throw UserError.data(file, "cannot be served: " + verb.name() + " fails (" + e + ")", e);
    }
    if (answers.size() != 1 || !verb.lists() && answers.get(0).size() != 1) {
      throw UserError.data(file, "cannot be served: " + verb.name() + " gives no answer");
    }
    return answers.get(0);
  }
}
