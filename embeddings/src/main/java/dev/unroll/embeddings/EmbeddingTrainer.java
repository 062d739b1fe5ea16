package dev.unroll.embeddings;

import dev.unroll.data.AtomicFile;
import dev.unroll.data.CheckpointFile;
import dev.unroll.data.CheckpointLock;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.text.WordVectorsWriter.Format;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Learns word vectors by word2vec's algorithm (Mikolov et al. 2013) with several threads that share
 * the weights without locks.
 *
 * <pre>{@code
 * SentenceReader reader =
 *     new SentenceReader(List.of(TextSource.of("text.txt")), Tokenizer.whitespace(), false);
 * EmbeddingModel model = new EmbeddingTrainer(EmbeddingConfig.defaults()).train(reader);
 * }</pre>
 */
public final class EmbeddingTrainer {
  /** So many times as long as writing a checkpoint takes, the training goes on until the next. */
  private static final int TRAINING_FOR_WRITING = 20;

  private record Target(Path model, Format format, boolean resume) {}

  private final EmbeddingConfig config;
  private TrainingListener listener = new TrainingListener() {};
  private BooleanSupplier stop = () -> false;
  private Optional<Target> target = Optional.empty();
  private Kernel kernel = Kernel.best();
  private LongSupplier nanoTime = System::nanoTime;

  /** A trainer that reports nothing and keeps no checkpoint. */
  public EmbeddingTrainer(EmbeddingConfig config) {
    this.config = config;
  }

  /**
   * Tells {@code other} how it goes, from the thread that trains: examples are words, batches are
   * blocks of some ten thousand of them, and there is neither a loss nor a dev part.
   */
  public EmbeddingTrainer listener(TrainingListener other) {
    listener = other;
    return this;
  }

  /** Asks {@code request} a few times a second whether to write a checkpoint and end. */
  public EmbeddingTrainer stopWhen(BooleanSupplier request) {
    stop = request;
    return this;
  }

  /**
   * Writes the vectors to {@code model} in the end, and until then a checkpoint beside it: now and
   * then, after every epoch and when stopped.
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

  /** Reads another clock. */
  EmbeddingTrainer clock(LongSupplier other) {
    nanoTime = other;
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
   * @throws dev.unroll.data.UserError if the text cannot be read or holds no word often enough, the
   *     checkpoint does not belong to it or would be lost, another training writes it, or there is
   *     no room for it
   */
  public EmbeddingModel train(SentenceReader reader) {
    target.ifPresent(t -> AtomicFile.check(t.model));
    Optional<CheckpointFile> file =
        target.map(t -> new CheckpointFile(t.model, t.resume, Checkpoint::work));
    CheckpointLock lock = file.map(CheckpointFile::lock).orElse(null);
    try (lock;
        EncodedCorpus corpus = encode(reader, file)) {
      Training training = new Training(config, corpus, listener, stop, kernel);
      Optional<Checkpoint> checkpoint = file.map(f -> begin(f, corpus, training));
      Place end = train(training, checkpoint);
      int epochs = config.epochs();
      listener.ended(
          new TrainingListener.Summary(
              epochs, epochs, Double.NaN, end.elapsed(), "all " + epochs + " epochs done"));
      EmbeddingModel model = training.model();
      target.ifPresent(t -> model.save(t.model, t.format));
      checkpoint.ifPresent(Checkpoint::delete);
      return model;
    }
  }

  private Place train(Training training, Optional<Checkpoint> checkpoint) {
    Optional<Place> stopped = checkpoint.flatMap(Checkpoint::read);
    stopped.ifPresent(place -> listener.resumed(place.epoch() + 1, place.block()));
    Place place = stopped.orElse(Place.BEGINNING);
    long due = due(0);
    while (place.epoch() < config.epochs()) {
      long end = due;
      Place reached =
          training.train(place, () -> checkpoint.isPresent() && nanoTime.getAsLong() - end > 0);
      if (reached.epoch() > place.epoch()) {
        training.reportEpoch(reached);
      }
      place = reached;
      if (reached.epoch() < config.epochs()) {
        long before = nanoTime.getAsLong();
        checkpoint.ifPresent(c -> c.write(reached));
        due = due(nanoTime.getAsLong() - before);
        if (stop.getAsBoolean()) {
          throw new TrainingStopped(checkpoint.map(Checkpoint::path).orElse(null));
        }
      }
    }
    return place;
  }

  /** When the next checkpoint is due, if writing the last took so long. */
  private long due(long written) {
    long interval = TimeUnit.SECONDS.toNanos(config.checkpointSeconds());
    return nanoTime.getAsLong() + Math.max(interval, written * TRAINING_FOR_WRITING);
  }

  private EncodedCorpus encode(SentenceReader reader, Optional<CheckpointFile> file) {
    try {
      return EncodedCorpus.encode(reader, config.minCount(), stop);
    } catch (CancellationException e) {
      throw new TrainingStopped(
          file.filter(CheckpointFile::resumes).map(CheckpointFile::path).orElse(null));
    }
  }

  private Checkpoint begin(CheckpointFile file, EncodedCorpus corpus, Training training) {
    // The old one lies there until the new one is whole.
    long there = file.path().toFile().length();
    AtomicFile.checkRoom(file.path(), 2 * training.weights().bytes() - there);
    Map<String, String> fingerprint = new LinkedHashMap<>(config.toProperties());
    fingerprint.put("train.sha256", corpus.digest());
    return new Checkpoint(file, fingerprint, training);
  }
}
