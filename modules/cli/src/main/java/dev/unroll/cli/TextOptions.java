package dev.unroll.cli;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The texts to answer: one on the command line, or one a line of files or of standard input. */
public final class TextOptions {
  private static final int MOST_AT_ONCE = 256;
  private static final int MOST_SHOWN = 80;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "A text to answer, instead of files.")
  private String text;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Texts, one a line; without files, or for -, standard input.")
  private List<String> files;

  /** Whether there is but the one text of the command line. */
  public boolean isOneText() {
    return text != null;
  }

  /**
   * Answers every text in its order, as it arrives.
   *
   * @param answer as many answers as texts
   * @see Conversation#run
   */
  public <O> void answer(
      Charset charset, Function<List<String>, List<O>> answer, Consumer<O> print, Runnable flush) {
    if (isOneText()) {
      if (files != null) {
        throw UserError.usage("give --text or files, not both; got --text and " + files.get(0));
      }
      answer.apply(List.of(text)).forEach(print);
      return;
    }
    forEachFile(
        charset,
        lines ->
            Conversation.run(Conversation.items(lines::next), MOST_AT_ONCE, answer, print, flush));
  }

  /** Opens one file after the other. */
  public void forEachFile(Charset charset, Consumer<LineReader> reader) {
    for (String file : files == null ? List.of(TextSource.STANDARD_INPUT) : files) {
      refuseText(file);
      try (LineReader lines = TextSource.of(file).withCharset(charset).open()) {
        reader.accept(lines);
      }
    }
  }

  /** Who gives a text where a file belongs is told how to give one. */
  private static void refuseText(String file) {
    if (!file.equals(TextSource.STANDARD_INPUT) && !DataFile.exists(file)) {
      throw UserError.data(
          Shorten.to(MOST_SHOWN, file), "no such file; check the name, or give a text with --text");
    }
  }
}
