package dev.unroll.dna;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.Conversation;
import dev.unroll.cli.NetworkModelOptions;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers a line with a label, for every strand of what it is given. */
@Command(name = "classify", description = "Label whole strands.")
final class ClassifyCommand implements Runnable {
  private static final int MOST_AT_ONCE = 256;

  @Mixin private NetworkModelOptions model;
  @Mixin private AnswerOptions answer;
  @Mixin private SequenceFiles files;

  @Override
  public void run() {
    DnaModel loaded = DnaModel.load(model.model());
    Answers answers = answer.answers();
    files.forEach(
        strands ->
            Conversation.run(
                Conversation.items(strands::next),
                MOST_AT_ONCE,
                loaded::classify,
                one -> print(answers, one),
                answers::flush));
  }

  private static void print(Answers answers, Classified one) {
    answers.print(
        one, String.format(Locale.ROOT, "%s\t%.4f\t%s", one.label(), one.probability(), one.id()));
  }
}
