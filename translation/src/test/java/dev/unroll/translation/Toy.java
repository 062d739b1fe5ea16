package dev.unroll.translation;

import dev.unroll.data.Corpus;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.Networks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that has learnt nothing and has strong opinions, with few words, and what it thinks of
 * translations in one pass over all their steps.
 */
final class Toy {
  final TranslationConfig config;
  final PairEncoder encoder;
  final ComputationGraph network;
  final int begin;
  final int end;
  final BitSet excluded = new BitSet();

  Toy(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of("dimensions", "4", "hidden", "4", "attention", "general", "tied", "false"));
    all.addAll(List.of(settings));
    config = TranslationNetworkTest.config(all.toArray(String[]::new));
    Corpus<SentencePair> pairs =
        new Corpus<>(List.of(new SentencePair("a b c d e", "x y")), "a toy", "none");
    encoder = PairEncoder.fit(pairs, config);
    network =
        Networks.of(
            TranslationNetwork.configuration(
                config, encoder.source().size(), encoder.target().size()));
    network.params().muli(2);
    begin = encoder.target().special(Vocabulary.BEGIN);
    end = encoder.target().special(Vocabulary.END);
    excluded.set(begin);
    excluded.set(Vocabulary.UNKNOWN_ID);
  }

  /** Sentences of various lengths. */
  List<EncodedPair> sentences(int count) {
    Random random = new Random(4);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              String[] words = {"a", "b", "c", "d", "e"};
              StringBuilder text = new StringBuilder();
              for (int n = 1 + random.nextInt(6); n > 0; n--) {
                text.append(words[random.nextInt(words.length)]).append(' ');
              }
              return encoder.prepare(SentencePair.untranslated(text.toString().strip()));
            })
        .toList();
  }

  List<List<TranslationSearch.Found>> search(List<EncodedPair> sentences, SearchConfig search) {
    NetworkDecoder decoder =
        new NetworkDecoder(
            ForwardNetwork.of(network.getConfiguration(), ParameterTable.of(network)), config);
    decoder.begin(encoder.steps(sentences));
    boolean looks = config.attention() != TranslationConfig.Attention.NONE;
    return new TranslationSearch(search, begin, end, excluded, looks)
        .search(decoder, sentences.stream().mapToInt(pair -> pair.source().length).toArray());
  }

  /** The logarithm of the probability of symbols, be the last of them the end or not. */
  double logProbability(EncodedPair sentence, int[] symbols) {
    float[] read = new float[symbols.length];
    for (int t = 0; t < symbols.length; t++) {
      read[t] = t == 0 ? begin : symbols[t - 1];
    }
    MultiDataSet source = encoder.encode(List.of(sentence));
    INDArray targets = Nd4j.create(read, new long[] {1, 1, read.length}, 'c');
    INDArray probabilities = network.output(source.getFeatures(0), targets)[0];
    return IntStream.range(0, symbols.length)
        .mapToDouble(t -> Math.log(probabilities.getDouble(0, symbols[t], t)))
        .sum();
  }

  /** All that may be written with at most so many symbols. */
  List<int[]> translations(int longest) {
    List<int[]> all = new java.util.ArrayList<>();
    extend(new int[0], longest, all);
    return all;
  }

  private void extend(int[] before, int longest, List<int[]> all) {
    for (int symbol = 0; symbol < encoder.target().size(); symbol++) {
      if (!excluded.get(symbol)) {
        int[] symbols = Arrays.copyOf(before, before.length + 1);
        symbols[before.length] = symbol;
        if (symbol == end || symbols.length == longest) {
          all.add(symbols);
        } else {
          extend(symbols, longest, all);
        }
      }
    }
  }
}
