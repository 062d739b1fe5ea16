package dev.unroll.embeddings;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.models.embeddings.inmemory.InMemoryLookupTable;
import org.deeplearning4j.models.embeddings.loader.WordVectorSerializer;
import org.deeplearning4j.models.embeddings.wordvectors.WordVectors;
import org.deeplearning4j.models.word2vec.VocabWord;
import org.deeplearning4j.models.word2vec.wordstore.inmemory.AbstractCache;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Hands vectors to programs that use Deeplearning4j's {@link WordVectors}, and takes theirs. Only
 * this class loads Deeplearning4j.
 */
public final class Deeplearning4jVectors {
  private Deeplearning4jVectors() {}

  /**
   * Vectors as Deeplearning4j has them: a copy in an {@link InMemoryLookupTable}. How often a word
   * was seen, which a vector file does not tell, is given as 1.
   *
   * <p>Its {@code wordsNearest} scales the table's vectors to length 1 where they are, so ask for
   * vectors before.
   */
  public static WordVectors of(EmbeddingModel model) {
    AbstractCache<VocabWord> vocabulary = new AbstractCache.Builder<VocabWord>().build();
    float[][] rows = new float[model.size()][];
    for (int i = 0; i < rows.length; i++) {
      VocabWord word = new VocabWord(1.0, model.words().get(i));
      word.setIndex(i);
      vocabulary.addToken(word);
      vocabulary.addWordToIndex(i, word.getLabel());
      rows[i] = model.vector(word.getLabel()).orElseThrow();
    }
    InMemoryLookupTable<VocabWord> table =
        new InMemoryLookupTable.Builder<VocabWord>()
            .vectorLength(model.dimensions())
            .cache(vocabulary)
            .useAdaGrad(false)
            .build();
    table.setSyn0(Nd4j.create(rows));
    return WordVectorSerializer.fromPair(Pair.makePair(table, vocabulary));
  }

  /** A copy of Deeplearning4j's vectors, in the order of their indices. */
  public static EmbeddingModel model(WordVectors vectors) {
    int size = vectors.vocab().numWords();
    if (size == 0) {
      throw new IllegalArgumentException("no vectors");
    }
    Kernel kernel = Kernel.best();
    int dimensions = vectors.getWordVector(vectors.vocab().wordAtIndex(0)).length;
    int stride = kernel.stride(dimensions);
    float[] values = Weights.allocate(size, stride);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      words.add(vectors.vocab().wordAtIndex(i));
      double[] vector = vectors.getWordVector(words.get(i));
      for (int d = 0; d < dimensions; d++) {
        values[i * stride + d] = (float) vector[d];
      }
    }
    return new EmbeddingModel(words, values, dimensions, kernel);
  }
}
