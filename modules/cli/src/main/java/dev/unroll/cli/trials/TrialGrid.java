package dev.unroll.cli.trials;

import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All combinations of seeds, folds and values of settings. */
public final class TrialGrid {
  /** So that a slip in a range is no flood of files. */
  static final int MOST = 10_000;

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

  private final List<Long> seeds;
  private final int folds;
  private final List<Map<String, String>> settings;

  /**
   * A grid.
   *
   * @param seeds numbers and ranges with commas between them: {@code 1-3,7}
   * @param folds how many, or 0 for none
   * @param settings {@code key=value,value,…} each
   * @throws UserError if a part is not written so, is given twice, or the trials are too many
   */
  public TrialGrid(String seeds, int folds, List<String> settings) {
    this.seeds = seeds(seeds);
    this.folds = folds;
    this.settings = combinations(settings);
    long trials = (long) this.seeds.size() * Math.max(1, folds) * this.settings.size();
    if (trials > MOST) {
      throw tooMany(trials);
    }
  }

  private static UserError tooMany(long trials) {
    return UserError.usage(
        "%,d trials are more than %,d; take fewer seeds, folds or values".formatted(trials, MOST));
  }

  private static List<Long> seeds(String text) {
    Set<Long> seeds = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw UserError.usage(
            "--seeds are numbers and ranges, such as 1-5 or 1,2,7; got '" + text + "'");
      }
      long first = Long.parseLong(range.group(1));
      long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
      if (last < first) {
        throw UserError.usage("--seeds: the range " + part.strip() + " ends before it begins");
      }
      if (last - first >= MOST) {
        throw tooMany(last - first + 1);
      }
      for (long seed = first; seed <= last; seed++) {
        if (!seeds.add(seed)) {
          throw UserError.usage("--seeds: " + seed + " is given twice; a seed gives one model");
        }
      }
    }
    return List.copyOf(seeds);
  }

  private static List<Map<String, String>> combinations(List<String> given) {
    List<Map<String, String>> all = List.of(Map.of());
    Set<String> keys = new LinkedHashSet<>();
    for (String setting : given) {
      int equals = setting.indexOf('=');
      String key = setting.substring(0, Math.max(0, equals)).strip();
      if (key.isEmpty()) {
        throw UserError.usage(
            "--set is written key=value,value, such as hidden=100,200; got '" + setting + "'");
      }
      if (key.equals("seed")) {
        throw UserError.usage("--set seed would hide the seeds of the trials; give --seeds");
      }
      if (!keys.add(key)) {
        throw UserError.usage("--set " + key + " is given twice; put its values into one");
      }
      all = times(all, key, setting.substring(equals + 1));
    }
    return all;
  }

  private static List<Map<String, String>> times(
      List<Map<String, String>> all, String key, String values) {
    Set<String> distinct = new LinkedHashSet<>();
    for (String value : values.split(",", -1)) {
      if (value.isBlank() || !distinct.add(value.strip())) {
        throw UserError.usage(
            "--set %s: a value is empty or given twice in '%s'".formatted(key, values));
      }
    }
    if ((long) all.size() * distinct.size() > MOST) {
      throw tooMany((long) all.size() * distinct.size());
    }
    List<Map<String, String>> product = new ArrayList<>();
    for (Map<String, String> before : all) {
      for (String value : distinct) {
        Map<String, String> with = new LinkedHashMap<>(before);
        with.put(key, value);
        product.add(with);
      }
    }
    return product;
  }

  /** The values of settings that are tried, a map for each combination. */
  public List<Map<String, String>> settings() {
    return settings;
  }

  /**
   * All trials. Every setting has its first seed tried before any has its second, so that a run
   * which is ended early has compared what it came to.
   */
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (long seed : seeds) {
      for (int fold = folds == 0 ? 0 : 1; fold <= folds; fold++) {
        for (Map<String, String> setting : settings) {
          trials.add(new Trial(setting, seed, fold, folds));
        }
      }
    }
    return trials;
  }
}
