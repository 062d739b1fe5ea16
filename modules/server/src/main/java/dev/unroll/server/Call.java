package dev.unroll.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.Input;
import dev.unroll.serving.Parameter;
import dev.unroll.serving.Verb;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a request asks of a model.
 *
 * @param items what is to be answered
 * @param alone whether it was one item, and no list
 */
record Call<I>(Verb<I> verb, List<I> items, boolean alone, Arguments arguments) {
  static final String MODEL = "model";

  /**
   * Reads what {@code POST /v1/TASK/VERB} was sent.
   *
   * @throws Problem or a {@link dev.unroll.data.UserError} if it is no call of the verb
   */
  static <I> Call<I> read(Verb<I> verb, JsonObject body, Limits limits) {
    Input<I> input = verb.input();
    for (String key : body.keySet()) {
      if (!isKey(verb, key)) {
        throw new Problem(
            400, "%s takes no '%s'; keys: %s".formatted(verb.name(), key, keys(verb)));
      }
    }
    boolean alone = body.has(input.one());
    boolean list = body.has(input.many()) && !verb.writes();
    if (alone == list) {
      throw new Problem(
          400,
          verb.writes()
              ? "%s takes '%s'; give it".formatted(verb.name(), input.one())
              : "%s takes '%s' or a list '%s'; give one of them"
                  .formatted(verb.name(), input.one(), input.many()));
    }
    List<I> items =
        alone
            ? List.of(input.read(body.get(input.one())))
            : items(input, body.get(input.many()), limits);
    Call<I> call = new Call<>(verb, items, alone, Arguments.read(verb.parameters(), body.asMap()));
    call.check(limits);
    return call;
  }

  private static boolean isKey(Verb<?> verb, String key) {
    return key.equals(verb.input().one()) || keys(verb).contains(key);
  }

  private static Set<String> keys(Verb<?> verb) {
    Set<String> keys = new LinkedHashSet<>(List.of(verb.input().one()));
    if (!verb.writes()) {
      keys.add(verb.input().many());
    }
    verb.parameters().stream().map(Parameter::name).forEach(keys::add);
    keys.add(MODEL);
    return keys;
  }

  private static <I> List<I> items(Input<I> input, JsonElement element, Limits limits) {
    if (!element.isJsonArray()) {
      throw new Problem(400, "'%s' must be a list".formatted(input.many()));
    }
    int size = element.getAsJsonArray().size();
    if (size > limits.items()) {
      throw tooMany(size, limits);
    }
    List<I> items = new ArrayList<>(size);
    element.getAsJsonArray().forEach(item -> items.add(input.read(item)));
    return items;
  }

  static Problem tooMany(int items, Limits limits) {
    return new Problem(
        413, "a request may have %d items, got %d; send several".formatted(limits.items(), items));
  }

  /** Of all items. */
  long characters() {
    return items.stream().mapToLong(verb.input()::characters).sum();
  }

  /**
   * Refuses too much text.
   *
   * @throws Problem if it is
   */
  void check(Limits limits) {
    long characters = characters();
    if (characters > limits.characters()) {
      throw new Problem(
          413,
          "a request may have %d characters of text, got %d; send less at once"
              .formatted(limits.characters(), characters));
    }
  }
}
