package dev.unroll.embeddings;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final EmbeddingConfig config;
  private EmbeddingListener listener = EmbeddingListener.NONE;
  private BooleanSupplier stop = () -> false;
  private Path checkpoint;
  private boolean resume;
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
   * Writes a checkpoint after every epoch and when stopped; {@link #removeCheckpoint} once the
   * model is safe.
   *
   * @param goOn whether to go on from it if it is there
   */
  public EmbeddingTrainer checkpoint(Path file, boolean goOn) {
    checkpoint = file;
    resume = goOn;
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
   * @return the vectors, or empty if it was stopped before the end
   * @throws UserError if the text cannot be read or holds no word often enough, or the checkpoint
   *     does not belong to it
   */
  public Optional<EmbeddingModel> train(SentenceReader reader) {
    try (EncodedCorpus corpus = EncodedCorpus.encode(reader, config.minCount(), stop)) {
      listener.encoded(corpus.lexicon());
      Training training = new Training(config, corpus, listener, stop, kernel);
      Checkpoint next = resume ? load(training) : new Checkpoint(0, 0);
      while (next.epoch() < config.epochs()) {
        next = training.train(next);
        boolean ended = next.epoch() == config.epochs();
        if (checkpoint != null && !ended) {
          next.save(checkpoint, training.fingerprint(), training.weights());
        }
        if (stop.getAsBoolean() && !ended) {
          return Optional.empty();
        }
      }
      return Optional.of(training.model());
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  private Checkpoint load(Training training) {
    return Checkpoint.load(checkpoint, training.fingerprint(), training.weights())
        .orElse(new Checkpoint(0, 0));
  }

  /** Removes the checkpoint, once the model is safe. */
  public void removeCheckpoint() {
    try {
      if (checkpoint != null) {
        Files.deleteIfExists(checkpoint);
      }
    } catch (IOException e) {
      throw UserError.failed(checkpoint + ": cannot be deleted (" + e.getMessage() + ")", e);
    }
  }
}
