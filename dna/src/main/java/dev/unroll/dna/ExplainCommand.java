package dev.unroll.dna;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.EvaluationOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which bases mattered, and what they have in common. */
@Command(
    name = "explain",
    description = "Show, as a page of sequence logos, which bases mattered to a classifier.")
final class ExplainCommand implements Runnable {
  private static final int MOST = 2_000;

  @Mixin private NetworkModelOptions model;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many strands of the data to explain; default: ${DEFAULT-VALUE}.")
  private int count = 40;

  @Option(
      names = "--width",
      paramLabel = "BASES",
      description = "Bases of the motif that is looked for; default: ${DEFAULT-VALUE}.")
  private int width = 12;

  @Option(names = "--out", paramLabel = "FILE", description = "A page to write, as HTML.")
  private Path out;

  @Override
  public void run() {
    if (count < 1 || count > MOST) {
      throw UserError.usage("--count must be from 1 to " + MOST + ", got " + count);
    }
    if (width < 1) {
      throw UserError.usage("--width must be at least 1, got " + width);
    }
    DnaModel loaded = DnaModel.load(model.model());
    Explainer explainer = loaded.explainer();
    if (out != null) {
      model.outputs().fileOrStream(out);
    }
    Corpus<Strand> data =
        StrandReader.read(evaluation.data().text(), evaluation.data().format(StrandFormat.class));
    answer.err().println("data: " + StrandFiles.describe(data));
    List<Importance> explained = spread(data.examples()).stream().map(explainer::explain).toList();
    List<Motif> motifs = motifs(loaded.labels(), explained, width);
    Answers answers = answer.answers();
    motifs.forEach(motif -> print(answers, motif));
    if (out != null) {
      AtomicFile.write(out, LogoPage.of(explained, motifs));
    }
  }

  /** As many as are wanted, from all over the data, which is often sorted by label. */
  private List<Strand> spread(List<Strand> all) {
    int shown = Math.min(count, all.size());
    return IntStream.range(0, shown)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / shown)))
        .toList();
  }

  /** One for each label, by what is lost if other bases stand there. */
  static List<Motif> motifs(List<String> labels, List<Importance> explained, int width) {
    List<Motif> motifs = new ArrayList<>();
    for (String label : labels) {
      List<Importance> of = explained.stream().filter(e -> e.label().equals(label)).toList();
      motifs.add(Motif.of(label, of, width, Importance::loss));
    }
    return motifs;
  }

  private static void print(Answers answers, Motif motif) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("label", motif.label());
    shown.put("strands", motif.strands());
    shown.put("motif", motif.consensus());
    shown.put("counts", motif.counts());
    answers.print(shown, "%s\t%s\t%d".formatted(motif.label(), motif.consensus(), motif.strands()));
  }
}
