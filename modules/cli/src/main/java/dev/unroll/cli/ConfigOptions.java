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
 * {@code --config}, and the options on the line, which win.
 */
public final class ConfigOptions {
  /** The preset that holds no overrides: the defaults of the record. */
  public static final String DEFAULT = "default";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--config",
      paramLabel = "FILE|NAME",
      description = "A preset or a file of settings; may be given again, the later one wins.")
  private List<String> sources = new ArrayList<>();

  /**
   * The configuration that was asked for. An option {@code --x} on the line replaces the setting
   * {@code x} where there is one, and is left to the command otherwise.
   *
   * @param task its presets are the resources {@code presets/NAME.properties} beside this class
   * @param with makes the configuration of what replaces its defaults, and checks it
   * @throws UserError if there is no such preset or file, or a setting is refused
   */
  public <C extends Record> C config(Class<?> task, Function<Map<String, String>, C> with) {
    return config(task, with, DEFAULT);
  }

  /**
   * The same, beginning with another preset where no {@code --config} names one, as a demo does.
   */
  public <C extends Record> C config(
      Class<?> task, Function<Map<String, String>, C> with, String usual) {
    Set<String> keys = Settings.toMap(with.apply(Map.of())).keySet();
    return overrides(task, keys, usual).apply(with);
  }

  Overrides overrides(Class<?> task, Collection<String> keys, String usual) {
    Presets presets = new Presets(task);
    List<String> names = presets.names();
    Overrides overrides = new Overrides(keys);
    for (String source : sources.isEmpty() ? List.of(usual) : sources) {
      if (names.contains(source)) {
        preset(presets, source, overrides);
      } else if (!source.equals(DEFAULT)) {
        file(source, names, overrides);
      }
    }
    line(Set.copyOf(keys), overrides);
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

  private static void file(String source, List<String> presets, Overrides overrides) {
    Path file = Path.of(source);
    if (!Files.exists(file) || Files.isDirectory(file)) {
      List<String> names = new ArrayList<>(presets);
      names.add(DEFAULT);
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

  private void line(Set<String> keys, Overrides overrides) {
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      String key = option.longestName().replaceFirst("^--(no-)?", "");
      Object value = option.getValue();
      if (keys.contains(key) && value != null) {
        overrides.put(key, String.valueOf(value), option.longestName());
      }
    }
  }
}
