package dev.unroll.cli;

import dev.unroll.data.Settings;
import dev.unroll.data.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Gathers what replaces the defaults of a task's configuration: a preset or a file named with
 * {@code --config}, and the options on the line, which win. The help tells the defaults from here.
 *
 * <pre>{@code
 * &#64;Mixin private final ConfigOptions<NerConfig> settings =
 *     new ConfigOptions<>(Ner.class, NerConfig::with);
 * }</pre>
 *
 * @param <C> the configuration
 */
public final class ConfigOptions<C extends Record> {
  /** The preset that holds no overrides: the defaults of the record. */
  public static final String DEFAULT = "default";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--config",
      paramLabel = "FILE|NAME",
      description = "A preset or a file of settings; may be given again, the later one wins.")
  private List<String> sources = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting by its name, with or without an option of its own; may be given again.")
  private List<String> set = List.of();

  private final Class<?> task;
  private final Function<Map<String, String>, C> with;
  private final String usual;

  /**
   * Options for a configuration.
   *
   * @param task its presets are the resources {@code presets/NAME.properties} beside this class
   * @param with makes the configuration of what replaces its defaults, and checks it
   */
  public ConfigOptions(Class<?> task, Function<Map<String, String>, C> with) {
    this(task, with, DEFAULT);
  }

  /** The same, beginning with another preset where no {@code --config} names one. */
  public ConfigOptions(Class<?> task, Function<Map<String, String>, C> with, String usual) {
    this.task = task;
    this.with = with;
    this.usual = usual;
  }

  /**
   * The configuration that was asked for. An option {@code --x} on the line replaces the setting
   * {@code x} where there is one, and is left to the command otherwise.
   *
   * @throws UserError if there is no such preset or file, or a setting is refused
   */
  public C config() {
    return config(usual, with);
  }

  /**
   * The same, for a command that decides as it runs.
   *
   * @param preset to begin with where no {@code --config} names one
   * @param asked makes the configuration, in place of the usual way
   */
  public C config(String preset, Function<Map<String, String>, C> asked) {
    return overrides(Settings.toMap(asked.apply(Map.of())).keySet(), preset).apply(asked);
  }

  /**
   * What holds where an option is not given: the settings by name, presets and files of the line
   * applied; those of the record if they cannot be.
   */
  Map<String, String> defaults() {
    Map<String, String> plain = Settings.toMap(with.apply(Map.of()));
    try {
      return Settings.toMap(sources(plain.keySet(), usual).apply(with));
    } catch (UserError e) {
      return plain; // help is no place to complain
    }
  }

  /** What {@code --config} takes by name. */
  List<String> presets() {
    List<String> names = new ArrayList<>(new Presets(task).names());
    names.add(DEFAULT);
    return names;
  }

  Overrides overrides(Collection<String> keys, String preset) {
    Overrides overrides = sources(keys, preset);
    line(Set.copyOf(keys), overrides);
    return overrides;
  }

  private Overrides sources(Collection<String> keys, String preset) {
    Presets presets = new Presets(task);
    List<String> names = presets.names();
    Overrides overrides = new Overrides(keys);
    for (String source : sources.isEmpty() ? List.of(preset) : sources) {
      if (names.contains(source)) {
        preset(presets, source, overrides);
      } else if (!source.equals(DEFAULT)) {
        file(source, overrides);
      }
    }
    return overrides;
  }

  private static void preset(Presets presets, String name, Overrides overrides) {
    try (InputStream in = presets.open(name)) {
      overrides.read(
          "preset " + name, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException("preset " + name, e);
    }
  }

  private void file(String source, Overrides overrides) {
    Path file = Path.of(source);
    if (!Files.exists(file) || Files.isDirectory(file)) {
      List<String> names = presets();
      throw UserError.usage(
          "--config: there is neither a file nor a preset '%s'; presets: %s (nearest: %s)"
              .formatted(source, String.join(", ", names), Nearest.to(source, names)));
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      overrides.read(source, reader);
    } catch (IOException e) {
      throw UserError.data(file, "cannot be read as UTF-8 text: " + e.getMessage(), e);
    }
  }

  /** The setting that an option replaces, if there is one of that name. */
  static String setting(OptionSpec option) {
    return option.longestName().replaceFirst("^--(no-)?", "");
  }

  private void line(Set<String> keys, Overrides overrides) {
    Set<String> named = new HashSet<>();
    for (String setting : set) {
      overrides.put("--set", setting, named);
    }
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      String key = setting(option);
      Object value = option.getValue();
      if (keys.contains(key) && value != null) {
        if (named.contains(key)) {
          throw UserError.usage(
              "%s and --set %s set the same; give one of them"
                  .formatted(option.longestName(), key));
        }
        overrides.put(key, String.valueOf(value), option.longestName());
      }
    }
  }
}
