package dev.unroll.translation;

import dev.unroll.data.DevScore;
import dev.unroll.evaluation.Bleu;
import dev.unroll.training.NetworkPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How well a network translates dev, after each epoch.
 *
 * <p>BLEU decides which epoch is the best: it is what a translator is judged by, and goes on rising
 * for epochs in which the perplexity of the right translations rises too, as the network grows too
 * sure of itself. Between epochs of the same BLEU, such as the first ones of a small training,
 * which have none, the loss decides. Translations are greedy, and of a fixed sample spread evenly
 * over dev, so that this takes a small part of an epoch; the loss is that of all of dev.
 */
final class DevTranslations {
  private final TranslationConfig config;
  private final PairEncoder encoder;
  private final List<EncodedPair> all;
  private final List<SentencePair> sample;

  /**
   * Scores on some pairs.
   *
   * @param most pairs of the sample
   */
  DevTranslations(TranslationConfig config, PairEncoder encoder, List<SentencePair> dev, int most) {
    this.config = config;
    this.encoder = encoder;
    this.all = encoder.prepareAll(dev);
    this.sample = new ArrayList<>();
    int count = Math.min(most, dev.size());
    for (int i = 0; i < count; i++) {
      sample.add(dev.get((int) ((long) i * dev.size() / count)));
    }
  }

  DevScore score(ComputationGraph network) {
    NetworkPool networks = new NetworkPool(network);
    double logs = Arrays.stream(TranslationModel.logProbabilities(networks, encoder, all)).sum();
    long symbols = all.stream().mapToLong(pair -> pair.target().length).sum();
    double loss = -logs / all.size(); // of a sentence, as that of the training is
    Map<String, Double> metrics = new LinkedHashMap<>();
    double bleu = bleu(new Translator(config, encoder, networks));
    metrics.put("bleu", bleu);
    metrics.put("perplexity", Math.exp(-logs / symbols));
    return new DevScore("BLEU", bleu, true, loss, metrics);
  }

  private double bleu(Translator translator) {
    List<Translated> translations =
        translator.translate(
            sample.stream().map(SentencePair::source).toList(), SearchConfig.greedy());
    Bleu bleu = new Bleu();
    for (int i = 0; i < sample.size(); i++) {
      bleu.add(translations.get(i).translation(), sample.get(i).target());
    }
    return bleu.score();
  }
}
