package dev.unroll.dna;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.serving.Input;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server offers of the task: of a model of labels other verbs than of one of regions. */
public final class DnaService implements TaskService {
  /** What sequences are read from. */
  private static final String NAME = "sequence";

  private static final String EXAMPLE = "ACGTACGTACGT";

  /** The way back through the network holds everything that was computed on the way there. */
  private static final int LONGEST_EXPLAINED = 5_000;

  @Override
  public String task() {
    return "dna";
  }

  @Override
  public String summary() {
    return "A model of dna train, which labels strands or finds their regions.";
  }

  @Override
  public String mainClass() {
    return "dev.unroll.dna.Dna";
  }

  @Override
  public ServedModel load(Path file) {
    DnaModel model = DnaModel.load(file);
    return model.regions().isPresent()
        ? new ServedModel(
            List.of(annotate(model)), Map.of("types", model.regions().orElseThrow().types()))
        : new ServedModel(classifying(model), Map.of("labels", model.labels()));
  }

  private static Input<String> input() {
    return Input.string("sequence", "sequences");
  }

  private static List<Verb<?>> classifying(DnaModel model) {
    Explainer explainer = model.explainer();
    return List.of(
        Verb.reading(
            "classify",
            "Label strands, which are letters alone or the text of a file (FASTA, FASTQ or TSV).",
            input(),
            List.of(),
            EXAMPLE,
            DnaService::read,
            (strands, arguments) -> model.classify(strands)),
        Verb.reading(
            "explain",
            "Tell which bases of strands, of up to %,d each, speak for their label."
                .formatted(LONGEST_EXPLAINED),
            input(),
            List.of(),
            EXAMPLE,
            DnaService::readShort,
            (strands, arguments) -> strands.stream().map(explainer::influence).toList()));
  }

  private static Verb<String> annotate(DnaModel model) {
    return Verb.listing(
        "annotate",
        "Find the regions of sequences, which are letters alone or the text of a file.",
        input(),
        List.of(),
        EXAMPLE,
        RegionAnswer.class,
        (texts, arguments) -> texts.stream().map(text -> annotated(model, text)).toList());
  }

  /** As the command gives them. */
  private static List<RegionAnswer> annotated(DnaModel model, String text) {
    List<RegionAnswer> found = new ArrayList<>();
    for (Strand strand : read(text)) {
      model.annotate(
          strand.id(),
          BaseSource.of(strand.bases()),
          model.config().window(),
          region -> found.add(RegionAnswer.of(region)));
    }
    return found;
  }

  private static List<Strand> read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TextSource source = TextSource.of(NAME, new ByteArrayInputStream(bytes));
    return StrandReader.read(source, Optional.empty()).examples();
  }

  private static List<Strand> readShort(String text) {
    List<Strand> strands = read(text);
    for (Strand strand : strands) {
      if (strand.bases().length() > LONGEST_EXPLAINED) {
        throw UserError.usage(
            "explain takes strands of up to %,d bases, and %s has %,d; give a part of it"
                .formatted(LONGEST_EXPLAINED, strand.id(), strand.bases().length()));
      }
    }
    return strands;
  }

  @Override
  public Tab tab() {
    return new Tab("DNA", 80, DnaService.class, List.of("logo.js", "tab.js"));
  }
}
