package dev.unroll.majority;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.CharsetOptions;
import dev.unroll.cli.ModelOptions;
import dev.unroll.cli.TextOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers a line with a label, for every line of what it is given. */
@Command(name = "classify", description = "Label texts, one a line.")
final class ClassifyCommand implements Runnable {
  @Mixin private ModelOptions model;
  @Mixin private AnswerOptions answer;
  @Mixin private CharsetOptions charset;
  @Mixin private TextOptions texts; // --text, or files of a text a line

  @Override
  public void run() {
    MajorityModel loaded = MajorityModel.load(model.model());
    Answers answers = answer.answers();
    texts.answer(
        charset.charset(),
        loaded::classify,
        note -> answers.print(note, note.label() + "\t" + note.text()),
        answers::flush);
  }
}
