package dev.unroll.ner;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.MistakeOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.ScoreReport;
import dev.unroll.data.Corpus;
import dev.unroll.evaluation.SpanScores;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a model's answers with tags. */
@Command(name = "evaluate", description = "Score a model on tagged sentences, as conlleval does.")
final class EvaluateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private LanguageModelOptions languageModels;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private MistakeOptions mistakes;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--details",
      description = "Show too what kinds of errors there are, and how well new names are found.")
  private boolean details;

  @Override
  public void run() {
    int shown = mistakes.count();
    NerModel loaded = NerModel.load(model.model(), languageModels.load());
    Corpus<TaggedSentence> data = TagFiles.read(evaluation.data());
    answer.err().println("data: " + TagFiles.describe(data));
    List<TaggedSentence> sentences = data.examples();
    List<List<Entity>> found =
        loaded.tagWords(sentences.stream().map(TaggedSentence::words).toList());
    SpanScores scores = NerModel.compare(sentences, found);
    ScoreReport report = new ScoreReport(scores.toMap(), scores.toString());
    if (details) {
      SpanErrors kinds = new SpanErrors(sentences, found, loaded.known());
      report.add("errors", kinds.toMap(), kinds.toString());
    }
    report
        .mistakes(mistakes, Mistake.worst(sentences, found, shown, loaded::probabilityOfNone))
        .print(answer.answers());
  }
}
