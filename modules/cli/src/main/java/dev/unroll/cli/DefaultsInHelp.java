package dev.unroll.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IOptionRenderer;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Ends the description of an option that replaces a setting with what holds without it: the default
 * of the preset that the line names, if it names one. Options to say yes or no by show no value.
 */
final class DefaultsInHelp implements IHelpFactory {
  private static final int DESCRIPTION = 4;

  @Override
  public Help create(CommandSpec command, ColorScheme colours) {
    Map<String, String> defaults =
        Mixins.settings(command).map(ConfigOptions::defaults).orElse(Map.of());
    return new Help(command, colours) {
      @Override
      public IOptionRenderer createDefaultOptionRenderer() {
        IOptionRenderer usual = super.createDefaultOptionRenderer();
        return (option, labels, scheme) ->
            withDefault(
                usual.render(option, labels, scheme), defaults.get(ConfigOptions.setting(option)));
      }

      @Override
      public IParamLabelRenderer parameterLabelRenderer() {
        return withoutYesOrNo(super.parameterLabelRenderer());
      }
    };
  }

  /** {@code --[no-]x} says it all, though {@code --x=false} is understood as well. */
  private static IParamLabelRenderer withoutYesOrNo(IParamLabelRenderer usual) {
    return new IParamLabelRenderer() {
      @Override
      public Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<IStyle> styles) {
        return argument instanceof OptionSpec option && option.negatable()
            ? ansi.text("")
            : usual.renderParameterLabel(argument, ansi, styles);
      }

      @Override
      public String separator() {
        return usual.separator();
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
