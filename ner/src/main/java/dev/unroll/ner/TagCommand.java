package dev.unroll.ner;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.CharsetOptions;
import dev.unroll.cli.Conversation;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.TextOptions;
import dev.unroll.text.Tokenizer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Marks the names in every line, or in every sentence, of what it is given. */
@Command(name = "tag", description = "Find names in texts, one a line, or in columns.")
final class TagCommand implements Runnable {
  private static final int MOST_AT_ONCE = 256;

  /** What is read. */
  enum Input {
    /** A text a line, to be cut into words. */
    TEXT,
    /** A text a line, with a space between words. */
    TOKENS,
    /** Columns, the word first; the answer has one column more. */
    CONLL
  }

  /** What is written. */
  enum Output {
    /** The text with names in brackets; for columns, columns. */
    TEXT,
    /** A word a line with its tag, an empty line after a sentence. */
    CONLL
  }

  @Mixin private NetworkModelOptions model;
  @Mixin private LanguageModelOptions languageModels;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--format",
      paramLabel = "text|tokens|conll",
      description =
          "What is read: a text a line (default), words with spaces between them, or columns.")
  private Input input = Input.TEXT;

  @Option(
      names = "--output-format",
      paramLabel = "text|conll",
      description = "What is written without --json; columns are answered with columns.")
  private Output output = Output.TEXT;

  @Mixin private CharsetOptions charset;

  @Mixin private TextOptions texts;

  @Override
  public void run() {
    NerModel loaded = NerModel.load(model.model(), languageModels.load());
    Answers answers = answer.answers();
    if (input == Input.CONLL && !texts.isOneText()) {
      texts.forEachFile(
          charset.charset(), lines -> tagColumns(loaded, new ConllLines(lines, false), answers));
      return;
    }
    Tokenizer tokenizer = input == Input.TOKENS ? Tokenizer.whitespace() : Tokenizer.standard();
    texts.answer(
        charset.charset(),
        some -> loaded.tag(some, tokenizer),
        tagging ->
            answers.print(
                tagging.shown(),
                output == Output.TEXT ? tagging.toString() : tagging.columns(loaded.scheme())),
        answers::flush);
  }

  private void tagColumns(NerModel loaded, ConllLines blocks, Answers answers) {
    record Answered(ConllLines.Block block, List<Entity> entities) {}
    Conversation.run(
        Conversation.items(blocks::next),
        MOST_AT_ONCE,
        some -> {
          var found = loaded.tagWords(some.stream().map(b -> b.sentence().words()).toList());
          return java.util.stream.IntStream.range(0, some.size())
              .mapToObj(i -> new Answered(some.get(i), found.get(i)))
              .toList();
        },
        answered -> print(answers, loaded, answered.block(), answered.entities()),
        answers::flush);
  }

  private void print(
      Answers answers, NerModel loaded, ConllLines.Block block, List<Entity> entities) {
    List<String> words = block.sentence().words();
    if (answer.json()) {
      if (!words.isEmpty()) {
        answers.print(Tagging.of(words, entities).shown(), "");
      }
      return;
    }
    // A line that marks a document has no words, and is answered as what is in no entity.
    answers.text(loaded.scheme().columns(block.lines(), block.separator(), entities));
  }
}
