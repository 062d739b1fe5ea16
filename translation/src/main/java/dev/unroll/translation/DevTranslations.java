package dev.unroll.translation;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.evaluation.Bleu;
import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
  private final List<Answered.Task> sample;

  /**
   * Scores on some pairs.
   *
   * @param most pairs of the sample, each of which may be of another source
   */
  DevTranslations(
      TranslationConfig config, PairEncoder encoder, Corpus<SentencePair> dev, int most) {
    this.config = config;
    this.encoder = encoder;
    this.all = encoder.prepareAll(dev.examples());
    this.sample = sample(dev, Math.min(most, dev.size()));
  }

  static List<Answered.Task> sample(Corpus<SentencePair> dev, int pairs) {
    List<SentencePair> chosen = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      chosen.add(dev.examples().get((int) ((long) i * dev.size() / pairs)));
    }
    if (!Answered.isCollection(dev)) {
      return Answered.tasks(chosen, false);
    }
    Set<String> sources = chosen.stream().map(SentencePair::source).collect(Collectors.toSet());
    return Answered.tasks(dev.examples(), true).stream()
        .filter(task -> sources.contains(task.source()))
        .toList();
  }

  DevScore score(TrainedNetwork network) {
    double logs =
        Arrays.stream(TranslationModel.logProbabilities(network, config, encoder, all)).sum();
    long symbols = all.stream().mapToLong(pair -> pair.target().length).sum();
    double loss = -logs / all.size(); // of a sentence, as that of the training is
    Map<String, Double> metrics = new LinkedHashMap<>();
    double bleu = bleu(new Translator(config, encoder, network));
    metrics.put("bleu", bleu);
    metrics.put("perplexity", Math.exp(-logs / symbols));
    return new DevScore("BLEU", bleu, true, loss, metrics);
  }

  private double bleu(Translator translator) {
    List<Translated> translations =
        translator.translate(
            sample.stream().map(Answered.Task::source).toList(), SearchConfig.greedy());
    Bleu bleu = new Bleu();
    for (int i = 0; i < sample.size(); i++) {
      bleu.add(translations.get(i).translation(), sample.get(i).references());
    }
    return bleu.score();
  }
}
