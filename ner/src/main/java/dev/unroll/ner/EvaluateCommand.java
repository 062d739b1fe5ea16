package dev.unroll.ner;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.FormatOptions;
import dev.unroll.cli.ModelOptions;
import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.SpanScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares a model's answers with tags. */
@Command(name = "evaluate", description = "Score a model on tagged sentences, as conlleval does.")
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec command;
  @Mixin private ModelOptions model;
  @Mixin private FormatOptions format;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      required = true,
      description = "Tagged sentences; - is standard input.")
  private String data;

  @Option(
      names = "--details",
      description = "Show too what kinds of errors there are, and how well new names are found.")
  private boolean details;

  @Option(
      names = "--errors",
      paramLabel = "N",
      description = "Show the N worst mistakes too: those that the model was surest of.")
  private int errors;

  @Override
  public void run() {
    if (errors < 0) {
      throw UserError.usage("--errors must be 0 or above, got " + errors);
    }
    NerModel loaded = NerModel.load(model.model());
    Corpus<TaggedSentence> corpus = TagFiles.read(data, format);
    command.commandLine().getErr().println("data: " + TagFiles.describe(corpus));
    List<TaggedSentence> sentences = corpus.examples();
    List<List<Entity>> found =
        loaded.tagWords(sentences.stream().map(TaggedSentence::words).toList());
    SpanScores scores = NerModel.compare(sentences, found);
    SpanErrors kinds = new SpanErrors(sentences, found, loaded.known());
    List<Mistake> mistakes = Mistake.worst(sentences, found, errors, loaded::probabilityOfNone);
    Map<String, Object> object = new LinkedHashMap<>(scores.toMap());
    if (details) {
      object.put("errors", kinds.toMap());
    }
    if (errors > 0) {
      object.put("mistakes", mistakes);
    }
    Answers answers = answer.answers();
    answers.print(object, scores.toString().stripTrailing());
    if (!answer.json()) {
      if (details) {
        answers.text(kinds.toString());
      }
      mistakes.forEach(mistake -> answers.text(mistake.toString()));
    }
  }
}
