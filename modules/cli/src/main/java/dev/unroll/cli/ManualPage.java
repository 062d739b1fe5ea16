package dev.unroll.cli;

import dev.unroll.data.Version;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A page for {@code man}, in the macros of man(7), of what picocli knows of a command. picocli's
 * own generator writes AsciiDoc, which needs a Ruby to become a page, and knows no defaults of
 * presets.
 */
final class ManualPage {
  private static final String EXIT_CODES =
      """
      .SH EXIT STATUS
      .TP
      .B 0
      done
      .TP
      .B 1
      the run failed: a full disk, not enough memory, a training that diverged
      .TP
      .B 2
      wrong usage
      .TP
      .B 3
      bad data or a bad model, named with file and line
      .TP
      .B 130
      stopped by Ctrl\\-C, after a checkpoint
      """;

  private final CommandSpec command;
  private final Help help;
  private final StringBuilder page = new StringBuilder();

  ManualPage(CommandLine line) {
    this.command = line.getCommandSpec();
    this.help = line.getHelpFactory().create(command, Help.defaultColorScheme(Ansi.OFF));
  }

  /** The name of the page: the words of the command with hyphens between them. */
  String name() {
    return command.qualifiedName("-");
  }

  /** The page. */
  String text() {
    page.setLength(0);
    page.append(
        ".TH \"%s\" 1 \"\" \"unroll %s\" \"Unroll\"\n"
            .formatted(escaped(name().toUpperCase(java.util.Locale.ROOT)), Version.current()));
    page.append(".nh\n.ad l\n"); // neither hyphens nor blanks within options
    page.append(".SH NAME\n").append(escaped(name())).append(" \\- ");
    page.append(escaped(description().replaceFirst("\\.$", ""))).append('\n');
    synopsis();
    page.append(".SH DESCRIPTION\n").append(line(description()));
    arguments();
    options();
    verbs();
    page.append(EXIT_CODES);
    seeAlso();
    return page.toString();
  }

  private String description() {
    return String.join(" ", command.usageMessage().description()).formatted();
  }

  private void synopsis() {
    String words = help.synopsis(0).strip().replaceAll("\\s+", " ");
    // Synopses break where there is room, so "[--[no-] x]" is no option of two words.
    String joined = words.replace("--[no-] ", "--[no-]");
    String name = command.qualifiedName();
    page.append(".SH SYNOPSIS\n.B ").append(escaped(name)).append('\n');
    page.append(line(joined.substring(name.length()).strip()));
  }

  private void arguments() {
    List<Entry> entries =
        command.positionalParameters().stream()
            .filter(argument -> !argument.hidden())
            .map(
                argument ->
                    new Entry(
                        label(argument),
                        help.createDefaultParameterRenderer()
                            .render(argument, help.parameterLabelRenderer(), help.colorScheme())))
            .toList();
    section("ARGUMENTS", entries);
  }

  private void options() {
    List<Entry> entries =
        command.options().stream()
            .filter(option -> !option.hidden())
            .sorted((one, other) -> one.longestName().compareTo(other.longestName()))
            .map(
                option ->
                    new Entry(
                        names(option),
                        help.createDefaultOptionRenderer()
                            .render(option, help.parameterLabelRenderer(), help.colorScheme())))
            .toList();
    section("OPTIONS", entries);
  }

  private String names(OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .map(name -> option.negatable() ? name.replaceFirst("^--", "--[no-]") : name)
            .collect(Collectors.joining(", "));
    return names + label(option);
  }

  private String label(ArgSpec argument) {
    return help.parameterLabelRenderer()
        .renderParameterLabel(argument, Ansi.OFF, List.of())
        .toString();
  }

  /** What is described, and the rows in which picocli would print that, the description last. */
  private record Entry(String name, Text[][] rows) {
    String description() {
      return Arrays.stream(rows)
          .map(row -> row[row.length - 1].toString().strip())
          .collect(Collectors.joining(" "));
    }
  }

  private void section(String title, List<Entry> entries) {
    if (!entries.isEmpty()) {
      page.append(".SH ").append(title).append('\n');
    }
    for (Entry entry : entries) {
      page.append(".TP\n.B ").append(escaped(entry.name)).append('\n');
      page.append(line(entry.description()));
    }
  }

  private void verbs() {
    if (command.subcommands().isEmpty()) {
      return;
    }
    page.append(".SH ").append(command.parent() == null ? "TASKS" : "VERBS").append('\n');
    command
        .subcommands()
        .forEach(
            (name, verb) -> {
              page.append(".TP\n.B ").append(escaped(name)).append('\n');
              page.append(
                  line(String.join(" ", verb.getCommandSpec().usageMessage().description())));
            });
  }

  private void seeAlso() {
    Stream<String> above =
        command.parent() == null ? Stream.of() : Stream.of(command.parent().qualifiedName("-"));
    Stream<String> below =
        command.subcommands().values().stream()
            .filter(verb -> !(verb.getCommand() instanceof HelpVerb))
            .map(verb -> verb.getCommandSpec().qualifiedName("-"));
    String pages =
        Stream.concat(above, below)
            .map(name -> "\\fB" + escaped(name) + "\\fR(1)")
            .collect(Collectors.joining(", "));
    if (!pages.isEmpty()) {
      page.append(".SH SEE ALSO\n").append(pages).append('\n');
    }
  }

  /** A line of text, which must not begin like a macro. */
  static String line(String text) {
    String escaped = escaped(text);
    return (escaped.matches("(?s)[.'].*") ? "\\&" : "") + escaped + "\n";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
