package dev.unroll.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Settings that a training takes over from the model that it begins with, because the sizes of its
 * parameters and the meaning of its symbols follow from them. All others are free.
 */
public final class InheritedSettings {
  /** The layers of a network and their sizes, as {@link NetworkConfig} has them. */
  private static final Set<String> LAYERS = Set.of("cell", "layers", "hidden", "bidirectional");

  private final Map<String, String> values;
  private final String model;

  /**
   * Some of a model's settings.
   *
   * @param settings all of the model's, by key
   * @param keys of those that are taken over, beside those of the network's layers
   * @param model its name, for messages
   */
  public InheritedSettings(Map<String, String> settings, Collection<String> keys, String model) {
    this.values = of(settings, keys);
    this.model = model;
  }

  /**
   * The settings of the network's layers and their sizes, and some others.
   *
   * @param settings all of a model's, by key
   * @param keys of the others
   * @return in the order of their keys
   */
  public static Map<String, String> of(Map<String, String> settings, Collection<String> keys) {
    Map<String, String> some = new TreeMap<>(settings);
    some.keySet().removeIf(key -> !LAYERS.contains(key) && !keys.contains(key));
    return some;
  }

  /**
   * What is asked for, and what is taken over.
   *
   * @param asked settings by key
   * @param understood from a key and what is asked for it, how the model's settings would say it
   * @throws UserError if something else is asked for than what is taken over
   */
  public Map<String, String> with(Map<String, String> asked, BinaryOperator<String> understood) {
    Map<String, String> all = new HashMap<>(asked);
    values.forEach(
        (key, value) -> {
          String given = asked.get(key);
          if (given != null && !understood.apply(key, given).equals(value)) {
            throw UserError.usage(
                "%s must be %s, as in %s, with which the training begins, got %s; leave it out"
                    .formatted(key, value, model, given));
          }
          all.put(key, value);
        });
    return all;
  }

  /** Whether settings have what is taken over. */
  public boolean agreeWith(Map<String, String> settings) {
    return settings.entrySet().containsAll(values.entrySet());
  }
}
