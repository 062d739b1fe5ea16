package dev.unroll.cli;

import dev.unroll.data.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The model file: {@code train} writes it, the other verbs read it. */
public class ModelOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The model file: train writes it, the other verbs read it.")
  private Path model;

  /** The model file. */
  public Path model() {
    return model;
  }

  /**
   * Refuses a model that cannot be written, or that would replace something the command reads; its
   * checkpoint likewise.
   *
   * @throws dev.unroll.data.UserError as {@link OutputFiles#file}
   */
  public void checkTarget() {
    outputs().file(model, ModelFile.checkpoint(model));
  }

  /** The same, and for what a {@link TrainReport} leaves beside the model. */
  public void checkTargetAndReport() {
    outputs()
        .file(
            model,
            ModelFile.checkpoint(model),
            TrainReport.metrics(model),
            TrainReport.curve(model));
  }

  /** The same for the models of so many folds. */
  void checkTargetsAndReports(int folds) {
    List<Path> beside = new ArrayList<>();
    for (int f = 1; f <= folds; f++) {
      Path target = FoldReport.model(model, f);
      beside.add(target);
      beside.add(ModelFile.checkpoint(target));
      beside.add(TrainReport.metrics(target));
      beside.add(TrainReport.curve(target));
    }
    outputs().file(model, beside.toArray(Path[]::new));
  }

  /** How to watch the training of the model in a browser, if the command trains. */
  LiveOptions live() {
    return Mixins.find(command, TrainingOptions.class)
        .map(TrainingOptions::live)
        .orElseGet(LiveOptions::new);
  }

  /** What the command, which may read this model, writes. */
  public OutputFiles outputs() {
    return new OutputFiles(command);
  }
}
