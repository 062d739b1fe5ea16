package dev.unroll.benchmarks;

import dev.unroll.embeddings.Deeplearning4jVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.models.word2vec.Word2Vec;
import org.deeplearning4j.text.sentenceiterator.BasicLineIterator;
import org.deeplearning4j.text.tokenization.tokenizerfactory.DefaultTokenizerFactory;

/**
 * Trains Deeplearning4j's Word2Vec with the settings of {@code deeplearning4j.sh}: TEXT MODEL WORDS
 * EPOCHS THREADS, where TEXT has lines and holds so many WORDS.
 */
public final class Word2VecPeer {
  private Word2VecPeer() {}

  /** Trains and prints words a second. */
  public static void main(String[] args) throws IOException {
    long words = Long.parseLong(args[2]);
    int epochs = Integer.parseInt(args[3]);
    Word2Vec word2vec =
        new Word2Vec.Builder()
            .layerSize(100)
            .windowSize(5)
            .negativeSample(5)
            .useHierarchicSoftmax(false)
            .sampling(1e-3)
            .minWordFrequency(5)
            .learningRate(0.025)
            .epochs(epochs)
            .iterations(1)
            .workers(Integer.parseInt(args[4]))
            .seed(1)
            .iterate(new BasicLineIterator(args[0]))
            .tokenizerFactory(new DefaultTokenizerFactory())
            .build();
    word2vec.buildVocab();
    long began = System.nanoTime();
    word2vec.fit();
    double seconds = (System.nanoTime() - began) / 1e9;
    Deeplearning4jVectors.model(word2vec).save(Path.of(args[1]));
    System.out.printf(
        Locale.ROOT,
        "{\"program\":\"deeplearning4j\",\"seconds\":%.2f,\"wordsPerSecond\":%.0f}%n",
        seconds,
        words * epochs / seconds);
  }
}
