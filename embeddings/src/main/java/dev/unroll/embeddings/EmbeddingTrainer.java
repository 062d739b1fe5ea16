package dev.unroll.embeddings;

import dev.unroll.text.WordVectorsWriter.Format;
import dev.unroll.training.CheckpointFile;
import dev.unroll.training.ModelFileWriter;
import dev.unroll.training.TrainingStopped;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Learns word vectors by word2vec's algorithm (Mikolov et al. 2013) with several threads that share
 * the weights without locks.
 *
 * <pre>{@code
 * EmbeddingModel model = new EmbeddingTrainer(EmbeddingConfig.defaults()).train(reader);
 * }</pre>
 */
public final class EmbeddingTrainer {
  private record Target(Path model, Format format, boolean resume) {}

  private final EmbeddingConfig config;
  private EmbeddingListener listener = EmbeddingListener.NONE;
  private BooleanSupplier stop = () -> false;
  private Optional<Target> target = Optional.empty();
  private Kernel kernel = Kernel.best();

  /** A trainer that reports nothing and keeps no checkpoint. */
  public EmbeddingTrainer(EmbeddingConfig config) {
    this.config = config;
  }

  /** Reports to {@code other}. */
  public EmbeddingTrainer listener(EmbeddingListener other) {
    listener = other;
    return this;
  }

  /** Asks {@code request} a few times a second whether to write a checkpoint and end. */
  public EmbeddingTrainer stopWhen(BooleanSupplier request) {
    stop = request;
    return this;
  }

  /**
   * Writes the vectors to {@code model} in the end, and until then a checkpoint beside it, after
   * every epoch and when stopped.
   *
   * @param resume whether to go on from the checkpoint of an earlier run
   */
  public EmbeddingTrainer target(Path model, boolean resume) {
    return target(model, Format.of(model), resume);
  }

  /** The same, where the name of the file does not say its format. */
  public EmbeddingTrainer target(Path model, Format format, boolean resume) {
    target = Optional.of(new Target(model, format, resume));
    return this;
  }

  /** Computes by another kernel than the fastest. */
  EmbeddingTrainer kernel(Kernel other) {
    kernel = other;
    return this;
  }

  /**
   * Trains on a text.
   *
   * @throws TrainingStopped if asked to stop, after a checkpoint
   * @throws dev.unroll.text.UserError if the text cannot be read or holds no word often enough, the
   *     checkpoint does not belong to it, or there is no room for the checkpoint
   */
  public EmbeddingModel train(SentenceReader reader) {
    Optional<CheckpointFile> file = target.map(t -> new CheckpointFile(t.model, t.resume));
    try (EncodedCorpus corpus = encode(reader, file)) {
      listener.encoded(corpus.lexicon());
      Training training = new Training(config, corpus, listener, stop, kernel);
      Optional<Checkpoint> checkpoint = file.map(f -> begin(f, corpus, training));
      Place next = checkpoint.flatMap(Checkpoint::read).orElse(Place.BEGINNING);
      while (next.epoch() < config.epochs()) {
        next = training.train(next);
        if (next.epoch() < config.epochs()) {
          Place reached = next;
          checkpoint.ifPresent(c -> c.write(reached));
          if (stop.getAsBoolean()) {
            throw new TrainingStopped(checkpoint.map(Checkpoint::path));
          }
        }
      }
      EmbeddingModel model = training.model();
      target.ifPresent(t -> model.save(t.model, t.format));
      checkpoint.ifPresent(Checkpoint::delete);
      return model;
    }
  }

  private EncodedCorpus encode(SentenceReader reader, Optional<CheckpointFile> file) {
    try {
      return EncodedCorpus.encode(reader, config.minCount(), stop);
    } catch (CancellationException e) {
      throw new TrainingStopped(file.filter(CheckpointFile::resumes).map(CheckpointFile::path));
    }
  }

  private Checkpoint begin(CheckpointFile file, EncodedCorpus corpus, Training training) {
    // The old one lies there until the new one is whole.
    long there = file.path().toFile().length();
    ModelFileWriter.check(target.orElseThrow().model, 2 * training.weights().bytes() - there);
    Map<String, String> fingerprint = new LinkedHashMap<>(config.toMap());
    fingerprint.put("train.sha256", corpus.digest());
    return new Checkpoint(file, fingerprint, training);
  }
}
