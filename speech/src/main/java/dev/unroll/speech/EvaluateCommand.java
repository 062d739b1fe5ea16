package dev.unroll.speech;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.MistakeOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.ScoreReport;
import dev.unroll.data.Corpus;
import dev.unroll.evaluation.ErrorRate;
import dev.unroll.generation.language.CharacterModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares what a model hears with what is said. */
@Command(name = "evaluate", description = "Score a model on recordings and what is said in them.")
final class EvaluateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private UtteranceOptions utterances;
  @Mixin private SearchOptions search;
  @Mixin private MistakeOptions mistakes;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--confusions",
      paramLabel = "N",
      defaultValue = "10",
      description = "Show the N commonest wrong words; default: ${DEFAULT-VALUE}.")
  private int confusions;

  @Override
  public void run() {
    mistakes.count();
    SpeechModel loaded = SpeechModel.load(model.model());
    Optional<CharacterModel> language = search.language(loaded);
    SearchConfig config = search.config(1, language.isPresent());
    Corpus<Utterance> data = utterances.read(evaluation.data());
    answer.err().println("data: " + UtteranceOptions.describe(data));
    Recognised recognised = Recognised.of(loaded, data.examples(), config, language);
    ErrorRate errors = recognised.errors();
    List<ErrorRate.Confused> confused = errors.confused(confusions);
    new ScoreReport(errors.toMap(), errors.toString())
        .add(
            "confusions",
            confused,
            confused.stream().map(ErrorRate.Confused::toString).collect(Collectors.joining("\n")))
        .mistakes(mistakes, recognised.worst(mistakes.count()))
        .print(answer.answers());
  }
}
