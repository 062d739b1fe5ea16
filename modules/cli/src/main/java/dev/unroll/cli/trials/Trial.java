package dev.unroll.cli.trials;

import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One training among others.
 *
 * @param settings those that differ between trials, by name, in a fixed order
 * @param seed of the training, which also decides what is split off for dev
 * @param fold from 1, or 0 without folds
 * @param folds how many there are, or 0 without
 */
public record Trial(Map<String, String> settings, long seed, int fold, int folds) {
  private static final int HASH = 8;

  /** Copies the settings and keeps their order. */
  public Trial {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Refuses to mix trials that cannot be compared.
   *
   * @param folder where those before lie
   * @param before what they share, by name
   * @param now what those to come share
   * @throws UserError if it is not the same
   */
  public static void checkShared(
      Object folder, Map<String, String> before, Map<String, String> now) {
    Set<String> keys = new LinkedHashSet<>(now.keySet());
    keys.addAll(before.keySet());
    for (String key : keys) {
      if (!Objects.equals(before.get(key), now.get(key))) {
        throw UserError.usage(
            "%s holds trials with another %s (%s, now %s), and they cannot be compared; take another"
                    .formatted(
                        folder,
                        key,
                        before.getOrDefault(key, "none"),
                        now.getOrDefault(key, "none"))
                + " name, or delete the folder");
      }
    }
  }

  /** What {@code train} is to be told for this trial, besides what all trials share. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    arguments.addAll(List.of("--seed", String.valueOf(seed)));
    if (folds > 0) {
      arguments.addAll(List.of("--folds", String.valueOf(folds), "--fold", String.valueOf(fold)));
    }
    return arguments;
  }

  /** A name for people: {@code hidden=100, seed 3, fold 2 of 5}. */
  public String name() {
    List<String> parts = new ArrayList<>();
    settings.forEach((key, value) -> parts.add(key + "=" + value));
    parts.add("seed " + seed);
    if (folds > 0) {
      parts.add("fold " + fold + " of " + folds);
    }
    return String.join(", ", parts);
  }

  /** A name for a file, without an ending; no two trials have the same. */
  public String fileName() {
    String name = name();
    String plain = name.replace(", ", "_").replace(' ', '-').replace('=', '-');
    String safe = plain.replaceAll("[^A-Za-z0-9._+-]", "+");
    boolean exact = settings.entrySet().stream().allMatch(s -> isPlain(s.getKey() + s.getValue()));
    return exact ? safe : safe + "_" + hash(name);
  }

  private static boolean isPlain(String text) {
    return text.matches("[A-Za-z0-9.]([A-Za-z0-9.-]{0,60})");
  }

  private static String hash(String name) {
    MessageDigest digest = Sha256.create();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest).substring(0, HASH);
  }
}
