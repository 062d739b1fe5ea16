package dev.unroll.translation;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.MistakeOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.cli.ScoreReport;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.Corpus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a model's translations with those of people. */
@Command(name = "evaluate", description = "Score a model on sentences and their translations.")
final class EvaluateCommand implements Runnable {
  @Mixin private NetworkModelOptions model;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private SearchOptions search;
  @Mixin private MistakeOptions mistakes;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--group",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description =
          "Whether pairs of the same source are one sentence with several references; without it,"
              + " they are unless the data are two parallel files.")
  private Boolean group;

  @Option(
      names = "--train",
      paramLabel = "PATH",
      description =
          "What the model was trained on, for a baseline that translates word by word with a"
              + " dictionary learnt from it.")
  private String train;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      arity = "1..*",
      description = "More models for the picture of --out.")
  private List<Path> others = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A picture to write, as SVG: BLEU by the length of the sentence.")
  private Path out;

  @Override
  public void run() {
    mistakes.count();
    SearchConfig config = search.config();
    if (out != null) {
      model.outputs().file(out);
    }
    TranslationModel loaded = TranslationModel.load(model.model());
    Corpus<SentencePair> data = PairFiles.read(evaluation.data());
    boolean grouped = group == null ? Answered.isCollection(data) : group;
    answer.err().println("data: " + PairFiles.describe(data));
    Optional<Corpus<SentencePair>> training =
        Optional.ofNullable(train).map(evaluation::at).map(PairFiles::read);
    training
        .flatMap(pairs -> Overlap.of(pairs, data).warning("data"))
        .ifPresent(answer.err()::println);
    TranslationScores scores = TranslationScores.of(loaded, data.examples(), config, grouped);
    List<Baseline> baselines = Baseline.of(scores.answered(), training.map(Corpus::examples));
    List<LengthScore> lengths = LengthScore.of(scores.answered());
    if (out != null) {
      AtomicFile.write(out, LengthChart.of(curves(lengths, data, config, grouped)));
    }
    new ScoreReport(scores.toMap(), scores.toString())
        .add("baselines", baselines, Baseline.table(scores, baselines))
        .add("byLength", lengths, LengthScore.table(lengths))
        .mistakes(mistakes, scores.worst(mistakes.count()))
        .print(answer.answers());
  }

  private Map<String, List<LengthScore>> curves(
      List<LengthScore> own, Corpus<SentencePair> data, SearchConfig config, boolean grouped) {
    Map<String, List<LengthScore>> curves = new LinkedHashMap<>();
    curves.put(model.model().toString(), own);
    for (Path other : others) {
      TranslationScores scores =
          TranslationScores.of(TranslationModel.load(other), data.examples(), config, grouped);
      curves.put(other.toString(), LengthScore.of(scores.answered()));
    }
    return curves;
  }
}
