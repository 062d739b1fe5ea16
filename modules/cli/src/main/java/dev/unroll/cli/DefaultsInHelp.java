package dev.unroll.cli;

import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IOptionRenderer;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Ends the description of an option that replaces a setting with what holds without it: the default
 * of the preset that the line names, if it names one.
 */
final class DefaultsInHelp implements IHelpFactory {
  private static final int DESCRIPTION = 4;

  @Override
  public Help create(CommandSpec command, ColorScheme colours) {
    Map<String, String> defaults =
        command.mixins().values().stream()
            .map(CommandSpec::userObject)
            .filter(ConfigOptions.class::isInstance)
            .findFirst()
            .map(options -> ((ConfigOptions<?>) options).defaults())
            .orElse(Map.of());
    return new Help(command, colours) {
      @Override
      public IOptionRenderer createDefaultOptionRenderer() {
        IOptionRenderer usual = super.createDefaultOptionRenderer();
        return (option, labels, scheme) ->
            withDefault(
                usual.render(option, labels, scheme), defaults.get(ConfigOptions.setting(option)));
      }
    };
  }

  private static Text[][] withDefault(Text[][] rows, String value) {
    if (value != null && !value.isEmpty()) {
      Text[] last = rows[rows.length - 1];
      last[DESCRIPTION] = last[DESCRIPTION].concat(" Default: " + value + ".");
    }
    return rows;
  }
}
