package dev.unroll.charlm;

import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.generation.SamplingConfig;
import java.io.PrintWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets a model write, and shows each symbol as it comes. */
@Command(name = "sample", description = "Let a model write.")
final class SampleCommand implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SampleCommand.class);
  private static final Pattern ESCAPE = Pattern.compile("\\\\([nt\\\\])");

  @Spec private CommandSpec command;
  @Mixin private NetworkModelOptions model;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Most characters (or words) to add; default: ${DEFAULT-VALUE}.")
  private int length = 1000;

  @Option(names = "--lines", paramLabel = "N", description = "Most lines to add; 0 for no limit.")
  private int lines;

  @Option(names = "--prime", paramLabel = "TEXT", description = "The text to go on from.")
  private String prime = "";

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Below 1 bolder towards the likely, above 1 wilder; 0 takes the likeliest.")
  private double temperature = 1;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Draw from the K likeliest only; 0 for all.")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw from the likeliest that have the probability P together; 1 for all.")
  private double topP = 1;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "Search for the most probable text, keeping N, instead of drawing: --temperature, --top-k"
              + " and --top-p are no matter then.")
  private int beam;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description =
          "End before the first occurrence of this text; \\n in it is a line break, \\t a tab.")
  private String stop = "";

  @Option(names = "--seed", paramLabel = "N", description = "Same seed, same model: same text.")
  private long seed = 1;

  @Override
  public void run() {
    SampleRequest request =
        new SampleRequest(
            prime,
            length,
            lines,
            unescape(stop),
            beam,
            new SamplingConfig(temperature, topK, topP),
            seed);
    CharLmModel loaded = CharLmModel.load(model.model());
    long unknown = loaded.encoder().unknown(loaded.encoder().prime(prime));
    if (unknown > 0 && !loaded.config().reverse()) {
      LOG.warn(
          "{} symbols of --prime are unknown to the model, which reads them as <UNK>", unknown);
    }
    PrintWriter out = command.commandLine().getOut();
    loaded.sample(
        request,
        piece -> {
          out.print(piece);
          out.flush();
        });
    if (System.console() != null) { // a person at a terminal wants the prompt on a line of its own
      out.print('\n');
    }
  }

  /** A shell hands {@code "\n"} over as two characters. */
  static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found ->
                switch (found.group(1)) {
                  case "n" -> "\n";
                  case "t" -> "\t";
                  default -> Matcher.quoteReplacement("\\");
                });
  }
}
