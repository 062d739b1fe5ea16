package dev.unroll.charlm;

import dev.unroll.cli.FormatOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how much each earlier character mattered to each prediction. */
@Command(
    name = "explain",
    description = "Show, as a page, how much each earlier character mattered to each prediction.")
final class ExplainCommand implements Runnable {
  private static final int LONGEST = 1000;

  @Mixin private NetworkModelOptions model;
  @Mixin private FormatOptions format;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      arity = "1..*",
      description = "More models to show beside it, on the same text.")
  private List<Path> others = List.of();

  @Option(
      names = "--data",
      paramLabel = "PATH",
      required = true,
      description = "The text; - is standard input.")
  private String data;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "How many of its characters to show; default: ${DEFAULT-VALUE}.")
  private int length = 200;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The page to write, as HTML.")
  private Path out;

  @Override
  public void run() {
    if (length < 1 || length > LONGEST) {
      throw UserError.usage("--length must be from 1 to " + LONGEST + ", got " + length);
    }
    TextSource source = TextSource.of(data).withCharset(format.plainText());
    if (source.isDirectory()) {
      throw UserError.usage("--data names one text to explain; " + data + " is a folder");
    }
    model.outputs().fileOrStream(out);
    Text text = PassageReader.read(source, Ending.DOCUMENT).examples().get(0).text();
    StringBuilder beginning = new StringBuilder();
    text.part(0, Math.min(length, text.characters())).read(beginning::append);
    List<Path> files = new ArrayList<>();
    files.add(model.model());
    files.addAll(others);
    List<Explanation> explanations = new ArrayList<>();
    for (Path file : files) {
      CharLmModel loaded = CharLmModel.load(file);
      String name = file.getFileName() + " (" + loaded.description() + ")";
      explanations.add(loaded.explain(beginning.toString()).named(name));
    }
    AtomicFile.write(out, ExplanationPage.of(explanations));
  }
}
