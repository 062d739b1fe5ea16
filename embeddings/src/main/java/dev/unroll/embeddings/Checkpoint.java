package dev.unroll.embeddings;

import dev.unroll.data.CheckpointFile;
import dev.unroll.data.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a stopped training needs to go on to the same bytes: the weights, and its place in the text.
 * With several threads there are no same bytes, as they read what the others write meanwhile.
 */
final class Checkpoint {
  private static final String PLACE = "place.properties";
  private static final String INPUT = "input.bin";
  private static final String OUTPUT = "output.bin";

  /** What may differ between the run that stopped and the one that goes on. */
  private static final Set<String> FREE = Set.of("threads", "checkpoint-seconds");

  private final CheckpointFile file;
  private final Map<String, String> fingerprint;
  private final Training training;

  /**
   * @param fingerprint settings and digest of the text, by name
   */
  Checkpoint(CheckpointFile file, Map<String, String> fingerprint, Training training) {
    this.file = file;
    this.fingerprint = Map.copyOf(fingerprint);
    this.training = training;
  }

  /** How much is done, whatever the training was. */
  static CheckpointFile.Work work(ModelFile file) throws IOException {
    Place place = Place.of(file.properties(PLACE), Integer.MAX_VALUE, Integer.MAX_VALUE);
    return new CheckpointFile.Work(place.epoch() + 1, place.elapsed());
  }

  Path path() {
    return file.path();
  }

  /** Writes weights and place. */
  void write(Place place) {
    Weights weights = training.weights();
    file.write(
        fingerprint,
        to -> {
          to.properties(PLACE, place.toProperties());
          to.binary(INPUT, out -> weights.write(weights.input, out));
          to.binary(OUTPUT, out -> weights.write(weights.output, out));
        });
  }

  /**
   * Reads weights and place, if there is something to go on from.
   *
   * @throws dev.unroll.data.UserError if it is damaged or belongs to another text or other settings
   */
  Optional<Place> read() {
    AtomicReference<Place> place = new AtomicReference<>();
    Weights weights = training.weights();
    file.read(
        fingerprint,
        FREE,
        from -> {
          place.set(Place.of(from.properties(PLACE), training.epochs(), training.blocks()));
          try (InputStream in = from.open(INPUT)) {
            weights.read(weights.input, in);
          }
          try (InputStream in = from.open(OUTPUT)) {
            weights.read(weights.output, in);
          }
        });
    return Optional.ofNullable(place.get());
  }

  /** Removes the file, once the vectors are written. */
  void delete() {
    file.delete();
  }
}
