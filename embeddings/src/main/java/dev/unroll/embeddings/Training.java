package dev.unroll.embeddings;

import dev.unroll.data.TrainingListener;
import dev.unroll.embeddings.EmbeddingConfig.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * One training: the weights, and threads that each take the next block of text.
 *
 * <p>What is to be deterministic runs on one thread. Blocks trained side by side would have to
 * leave each other's weights alone until all are done, and then add what they changed, in order:
 * copies of the rows that changed, and a wait for the slowest after each block. That is another
 * algorithm, whose frequent words are several blocks behind, and not word2vec's.
 */
final class Training {
  private static final long MILLIS_BETWEEN_REPORTS = 200;

  /**
   * The JVM, and what a word takes beside its weights: its text, its count, its place in tables.
   */
  private static final long PROCESS_BYTES = 60L << 20;

  private static final long WORD_BYTES = 200;

  /** Keeps the random numbers of the initial weights apart from those of the blocks. */
  private static final long WEIGHTS = 0x5DEECE66DL;

  private final EmbeddingConfig config;
  private final EncodedCorpus corpus;
  private final TrainingListener listener;
  private final BooleanSupplier stop;
  private final Kernel kernel;
  private final InputRows inputs;
  private final Weights weights;
  private final Subsampler subsampler;
  private final NegativeSampler sampler; // null for hierarchical softmax
  private final HuffmanTree tree; // null for negative sampling
  private final AtomicLong words = new AtomicLong();
  private final long began = System.nanoTime();

  Training(
      EmbeddingConfig config,
      EncodedCorpus corpus,
      TrainingListener listener,
      BooleanSupplier stop,
      Kernel kernel) {
    this.config = config;
    this.corpus = corpus;
    this.listener = listener;
    this.stop = stop;
    this.kernel = kernel;
    Lexicon lexicon = corpus.lexicon();
    inputs =
        config.subwords()
            ? new InputRows(
                lexicon, new Ngrams(config.minNgram(), config.maxNgram(), config.buckets()))
            : new InputRows(lexicon);
    subsampler = new Subsampler(lexicon, config.subsample());
    boolean hierarchical = config.loss() == Loss.HIERARCHICAL_SOFTMAX;
    tree = hierarchical ? new HuffmanTree(lexicon) : null;
    sampler = hierarchical ? null : new NegativeSampler(lexicon);
    listener.planned(plan());
    weights =
        Weights.random(
            inputs.count(),
            lexicon.size(),
            config.dimensions(),
            kernel.stride(config.dimensions()),
            config.seed() ^ WEIGHTS);
  }

  private TrainingListener.Plan plan() {
    Lexicon lexicon = corpus.lexicon();
    long rows = (long) inputs.count() + lexicon.size();
    long bytes = PROCESS_BYTES + WORD_BYTES * lexicon.size();
    return new TrainingListener.Plan(
        rows * config.dimensions(),
        bytes + rows * kernel.stride(config.dimensions()) * Float.BYTES,
        lexicon.total(),
        0,
        config.epochs());
  }

  Weights weights() {
    return weights;
  }

  int epochs() {
    return config.epochs();
  }

  int blocks() {
    return corpus.blocks();
  }

  /**
   * Trains from a place to the end of its epoch, or to where it was stopped or paused.
   *
   * @param pause asked after each block whether to come back; at least one is trained
   * @return the place where to go on
   */
  Place train(Place from, BooleanSupplier pause) {
    long begins = System.nanoTime();
    AtomicInteger next = new AtomicInteger(from.block());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    int count = config.deterministic() ? 1 : Math.min(config.threads(), corpus.blocks());
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> work(from.epoch(), next, pause), "embeddings-" + i);
      thread.setUncaughtExceptionHandler((t, e) -> failure.compareAndSet(null, e));
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    await(threads, from.epoch(), next);
    if (failure.get() instanceof Error e) {
      throw e;
    } else if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
    // Each thread takes one block more than there is and leaves.
    int block = Math.min(next.get(), corpus.blocks());
    Duration elapsed = from.elapsed().plusNanos(System.nanoTime() - begins);
    return block == corpus.blocks()
        ? new Place(from.epoch() + 1, 0, elapsed)
        : new Place(from.epoch(), block, elapsed);
  }

  private void work(int epoch, AtomicInteger next, BooleanSupplier pause) {
    Worker worker = new Worker(config, kernel, weights, inputs, subsampler, objective());
    EncodedCorpus.Block block = new EncodedCorpus.Block();
    while (!stop.getAsBoolean()) {
      int i = next.getAndIncrement();
      if (i >= corpus.blocks()) {
        return;
      }
      corpus.read(i, block);
      SplittableRandom random = new SplittableRandom(seed(epoch, i));
      worker.train(block, (float) rate(done(epoch, i)), random);
      words.addAndGet(block.length());
      if (pause.getAsBoolean()) {
        return;
      }
    }
  }

  private Objective objective() {
    if (tree == null) {
      return new NegativeSampling(
          kernel, weights, sampler, config.negative(), config.shareNegatives());
    }
    return new HierarchicalSoftmax(kernel, weights, tree);
  }

  private long seed(int epoch, int block) {
    return (config.seed() * 31 + epoch) * 0x9E3779B97F4A7C15L + block;
  }

  private double done(int epoch, int block) {
    return (epoch + corpus.position(Math.min(block, corpus.blocks()))) / config.epochs();
  }

  private double rate(double done) {
    return config.learningRate() * Math.max(1 - done, EmbeddingConfig.LEAST_RATE);
  }

  private void await(List<Thread> threads, int epoch, AtomicInteger next) {
    try {
      for (Thread thread : threads) {
        while (thread.isAlive()) {
          thread.join(MILLIS_BETWEEN_REPORTS);
          report(epoch, next.get());
        }
      }
    } catch (InterruptedException e) {
      next.set(corpus.blocks());
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while training", e);
    }
  }

  private void report(int epoch, int next) {
    if (words.get() == 0) {
      return; // There is no rate yet, and so no time that is left.
    }
    int block = Math.min(next, corpus.blocks());
    long total = corpus.lexicon().total();
    long done = Math.round(corpus.position(block) * total);
    double perSecond = words.get() * 1e9 / Math.max(1, System.nanoTime() - began);
    listener.stepped(
        new TrainingListener.Step(
            epoch + 1,
            block,
            corpus.blocks(),
            done,
            perSecond,
            Double.NaN,
            Duration.ofSeconds(Math.round((total - done) / perSecond))));
  }

  /** Tells of the end of the epoch before {@code place}. */
  void reportEpoch(Place place) {
    listener.epochEnded(
        new TrainingListener.Epoch(
            place.epoch(),
            Double.NaN,
            Optional.empty(),
            true,
            rate(done(place.epoch(), 0)),
            place.elapsed()));
  }

  /** The vectors as they are now. */
  EmbeddingModel model() {
    Lexicon lexicon = corpus.lexicon();
    if (inputs.single()) {
      return new EmbeddingModel(lexicon.words(), weights.input, config.dimensions(), kernel);
    }
    int stride = weights.stride;
    float[] means = Weights.allocate(lexicon.size(), stride);
    for (int word = 0; word < lexicon.size(); word++) {
      int n = inputs.size(word);
      for (int i = 0; i < n; i++) {
        int row = inputs.row(word, i) * stride;
        kernel.add(1f / n, weights.input, row, means, word * stride, stride);
      }
    }
    return new EmbeddingModel(lexicon.words(), means, config.dimensions(), kernel);
  }
}
