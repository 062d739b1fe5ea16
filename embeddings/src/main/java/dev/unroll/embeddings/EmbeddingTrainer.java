package dev.unroll.embeddings;

import dev.unroll.embeddings.EmbeddingConfig.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Learns word vectors by word2vec's algorithm (Mikolov et al. 2013) with several threads that share
 * the weights without locks.
 */
public final class EmbeddingTrainer {
  private static final long MILLIS_BETWEEN_REPORTS = 200;

  /** Keeps the random numbers of the initial weights apart from those of the blocks. */
  private static final long WEIGHTS = 0x5DEECE66DL;

  private final EmbeddingConfig config;
  private final EncodedCorpus corpus;
  private final EmbeddingListener listener;
  private final Kernel kernel;
  private final InputRows inputs;
  private final Weights weights;
  private final Subsampler subsampler;
  private final NegativeSampler sampler;
  private final HuffmanTree tree;
  private final AtomicLong words = new AtomicLong();
  private final long began = System.nanoTime();

  private EmbeddingTrainer(
      EmbeddingConfig config, EncodedCorpus corpus, EmbeddingListener listener, Kernel kernel) {
    this.config = config;
    this.corpus = corpus;
    this.listener = listener;
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
    weights =
        Weights.random(
            inputs.count(),
            lexicon.size(),
            config.dimensions(),
            kernel.stride(config.dimensions()),
            config.seed() ^ WEIGHTS);
  }

  /**
   * Trains on a text.
   *
   * @throws dev.unroll.text.UserError if the text cannot be read or holds no word often enough
   */
  public static EmbeddingModel train(
      EmbeddingConfig config, SentenceReader reader, EmbeddingListener listener) {
    return train(config, reader, listener, Kernel.best());
  }

  static EmbeddingModel train(
      EmbeddingConfig config, SentenceReader reader, EmbeddingListener listener, Kernel kernel) {
    try (EncodedCorpus corpus = EncodedCorpus.encode(reader, config.minCount())) {
      listener.encoded(corpus.lexicon());
      EmbeddingTrainer trainer = new EmbeddingTrainer(config, corpus, listener, kernel);
      for (int epoch = 0; epoch < config.epochs(); epoch++) {
        trainer.train(epoch);
      }
      return trainer.model();
    }
  }

  private void train(int epoch) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    int count = config.deterministic() ? 1 : Math.min(config.threads(), corpus.blocks());
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> work(epoch, next), "embeddings-" + i);
      thread.setUncaughtExceptionHandler(
          (t, e) -> {
            failure.compareAndSet(null, e);
            next.set(corpus.blocks());
          });
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    await(threads, epoch, next);
    if (failure.get() instanceof Error e) {
      throw e;
    } else if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
  }

  private void work(int epoch, AtomicInteger next) {
    Worker worker = new Worker(config, kernel, weights, inputs, subsampler, objective());
    EncodedCorpus.Block block = new EncodedCorpus.Block();
    for (int i; (i = next.getAndIncrement()) < corpus.blocks(); ) {
      corpus.read(i, block);
      SplittableRandom random = new SplittableRandom(seed(epoch, i));
      worker.train(block, (float) rate(done(epoch, i)), random);
      words.addAndGet(block.end(block.sentences() - 1));
    }
  }

  private Objective objective() {
    if (tree == null) {
      return new NegativeSampling(
          kernel, weights, sampler, config.negative(), config.shareNegatives());
    }
    int deepest = 0;
    for (int word = 0; word < corpus.lexicon().size(); word++) {
      deepest = Math.max(deepest, tree.depth(word));
    }
    return new HierarchicalSoftmax(kernel, weights, tree, deepest);
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

  private void report(int epoch, int block) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    double done = done(epoch, block);
    double perSecond = words.get() * 1e9 / Math.max(1, elapsed.toNanos());
    listener.progressed(
        new EmbeddingListener.Progress(
            epoch + 1, config.epochs(), done, words.get(), perSecond, rate(done), elapsed));
  }

  private EmbeddingModel model() {
    Lexicon lexicon = corpus.lexicon();
    if (inputs.single()) {
      return new EmbeddingModel(lexicon.words(), weights.input, config.dimensions(), kernel);
    }
    int stride = weights.stride;
    float[] means = Weights.allocate(lexicon.size(), stride);
    for (int word = 0; word < lexicon.size(); word++) {
      int n = inputs.size(word);
      for (int i = 0; i < n; i++) {
        kernel.add(
            1f / n, weights.input, inputs.row(word, i) * stride, means, word * stride, stride);
      }
    }
    return new EmbeddingModel(lexicon.words(), means, config.dimensions(), kernel);
  }
}
