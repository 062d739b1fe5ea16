package dev.unroll.training;

import dev.unroll.data.Provenance;
import java.nio.file.Path;
import java.util.Map;

/** What the models of all tasks have in common. */
public interface TrainedModel {
  /**
   * Writes the model with all that its verbs need; an existing file is replaced at once or not at
   * all.
   *
   * @throws dev.unroll.data.UserError if it cannot be written
   */
  void save(Path path);

  /** The scores on dev of the epoch that was kept; empty if there was no dev part. */
  Map<String, Double> metrics();

  /** Where the model came from. */
  Provenance provenance();
}
