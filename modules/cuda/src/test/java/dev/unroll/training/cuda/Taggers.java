package dev.unroll.training.cuda;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceProjection;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.characters.CharacterConvolution;
import dev.unroll.layers.crf.Crf;
import dev.unroll.layers.crf.CrfConstraints;
import dev.unroll.layers.dropout.SequenceDropout;
import dev.unroll.layers.pooling.RowsToSequences;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import dev.unroll.training.Networks;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks that label the words of sentences, of which much is known beside the word, and what they
 * read.
 */
final class Taggers {
  static final int WORDS = 9;
  static final int ALPHABET = 6;
  static final int LETTERS = 7;
  static final int SHAPES = 4;
  static final int STATES = 5;
  static final int LABELS = 4;

  private final Random random = new Random(11);

  /** Label 1 goes on only after 1 or 2, does not end, and nothing but 0 may follow 3. */
  private static CrfConstraints constraints() {
    return CrfConstraints.none(LABELS)
        .forbidStart(1)
        .forbidEnd(1)
        .forbid(0, 1)
        .forbid(3, 1)
        .forbid(3, 2)
        .forbid(3, 3);
  }

  static Layer field(boolean hybrid) {
    return new Crf.Builder()
        .nOut(LABELS)
        .constraints(constraints())
        .hybrid(hybrid)
        .dropOut(new SequenceDropout(0.2, 8))
        .build();
  }

  static GraphBuilder graph() {
    return Networks.seeded(5).weightInit(WeightInit.XAVIER).graphBuilder();
  }

  private static ComputationGraph tagger(GraphBuilder graph, Layer output) {
    graph
        .addInputs("words", "characters", "shapes", "states")
        .setInputTypes(
            InputType.recurrent(1),
            InputType.recurrent(1),
            InputType.recurrent(1),
            InputType.recurrent(STATES))
        .addLayer("embedding", embedding(WORDS, 5), "words")
        .addLayer("shape", embedding(SHAPES, 2), "shapes")
        .addLayer(
            "context",
            new SequenceProjection.Builder().nIn(STATES).nOut(3).ofData().build(),
            "states")
        .addVertex("features", new MergeVertex(), "embedding", "spelling", "shape", "context")
        .addLayer(
            "recurrent",
            new Bidirectional(
                new Lstm.Builder().nOut(4).dropOut(new SequenceDropout(0.3, 1)).build()),
            "features")
        .addLayer("output", output, "recurrent");
    return Networks.of(graph.setOutputs("output").build());
  }

  static ComputationGraph tagger(Layer output) {
    return tagger(
        graph()
            .addLayer(
                "spelling",
                new CharacterConvolution.Builder().nIn(ALPHABET).nOut(3).dimensions(2).build(),
                "characters"),
        output);
  }

  /** One that reads the characters of each word by a network of their own. */
  static ComputationGraph readerOfCharacters() {
    return tagger(
        graph()
            .addLayer("character", embedding(ALPHABET, 2), "characters")
            .addLayer("reader", new Bidirectional(new Lstm.Builder().nOut(2).build()), "character")
            .addLayer(
                "ends", new SequencePooling.Builder(Summary.LAST, Summary.FIRST).build(), "reader")
            .addVertex("forward", new SubsetVertex(0, 1), "ends")
            .addVertex("backward", new SubsetVertex(6, 7), "ends")
            .addVertex("word", new MergeVertex(), "forward", "backward")
            .addVertex("spelling", new RowsToSequences(), "word", "words"),
        field(false));
  }

  private static WordEmbedding embedding(int rows, int width) {
    return new WordEmbedding.Builder().nIn(rows).nOut(width).build();
  }

  static ComputationGraph tagger() {
    return tagger(field(false));
  }

  /** Sentences of these lengths, labelled as the constraints allow. */
  MultiDataSet sentences(int... lengths) {
    int steps = Arrays.stream(lengths).max().orElseThrow();
    INDArray mask = mask(steps, lengths);
    INDArray[] features = {
      ids(WORDS - 2, steps, lengths),
      spellings(steps, lengths),
      ids(SHAPES, steps, lengths),
      Nd4j.create(noise(lengths.length * STATES * steps), lengths.length, STATES, steps)
    };
    return new MultiDataSet(
        features,
        new INDArray[] {labels(steps, lengths)},
        new INDArray[] {mask, mask, mask, mask},
        null);
  }

  /** Random also where nothing is. */
  private double[] noise(int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private INDArray ids(int below, int steps, int... lengths) {
    INDArray ids = Nd4j.zeros(lengths.length, 1, steps);
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        ids.putScalar(new int[] {b, 0, t}, random.nextInt(below));
      }
    }
    return ids;
  }

  /** Words of different lengths, of which some have no character. */
  private INDArray spellings(int steps, int... lengths) {
    INDArray characters = Nd4j.zeros(lengths.length, LETTERS, steps);
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        int length = random.nextInt(LETTERS + 1);
        for (int at = 0; at < length; at++) {
          characters.putScalar(new int[] {b, at, t}, 1 + random.nextInt(ALPHABET - 1));
        }
      }
    }
    return characters;
  }

  private INDArray labels(int steps, int... lengths) {
    CrfConstraints allowed = constraints();
    INDArray labels = Nd4j.zeros(lengths.length, 1, steps);
    for (int b = 0; b < lengths.length; b++) {
      int before = -1;
      for (int t = 0; t < lengths[b]; t++) {
        int last = before;
        boolean end = t == lengths[b] - 1;
        List<Integer> next =
            IntStream.range(0, LABELS)
                .filter(j -> last < 0 ? allowed.allowsStart(j) : allowed.allows(last, j))
                .filter(j -> !end || allowed.allowsEnd(j))
                .boxed()
                .toList();
        before = next.get(random.nextInt(next.size()));
        labels.putScalar(new int[] {b, 0, t}, before);
      }
    }
    return labels;
  }

  static INDArray mask(int steps, int... lengths) {
    INDArray mask = Nd4j.zeros(lengths.length, steps);
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        mask.putScalar(b, t, 1);
      }
    }
    return mask;
  }

  /** Words lie row by row, also those that are not there, which alone have no character. */
  static MultiDataSet byWord(MultiDataSet batch) {
    INDArray spellings = batch.getFeatures(1);
    int words = Math.toIntExact(spellings.size(0) * spellings.size(2));
    INDArray rows = spellings.permute(2, 0, 1).dup('c').reshape(words, 1, LETTERS);
    INDArray exists = batch.getFeaturesMaskArray(0).transpose().dup('c').reshape(words);
    for (int word = 0; word < words; word++) {
      if (exists.getInt(word) == 1 && rows.getInt(word, 0, 0) == 0) {
        rows.putScalar(new int[] {word, 0, 0}, 1);
      }
    }
    batch.setFeatures(1, rows);
    INDArray mask = rows.gt(0).castTo(DataType.FLOAT).reshape(words, LETTERS);
    batch.setFeaturesMaskArray(1, mask);
    return batch;
  }
}
