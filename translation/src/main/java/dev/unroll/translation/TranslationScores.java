package dev.unroll.translation;

import dev.unroll.evaluation.Bleu;
import dev.unroll.evaluation.BleuConfig;
import dev.unroll.evaluation.ChrF;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How good the translations of a model are. Immutable. */
public final class TranslationScores {
  private final List<Answered> answered;
  private final double logProbability;
  private final long symbols;

  /**
   * Scores of translations.
   *
   * @param logProbability of all references, in nats
   * @param symbols of all references, their ends counted
   */
  TranslationScores(List<Answered> answered, double logProbability, long symbols) {
    this.answered = List.copyOf(answered);
    this.logProbability = logProbability;
    this.symbols = symbols;
  }

  /**
   * Translates sentences and compares.
   *
   * @param pairs translated, all of them
   * @param grouped whether pairs of the same source are one sentence with several references
   */
  public static TranslationScores of(
      TranslationModel model, List<SentencePair> pairs, SearchConfig search, boolean grouped) {
    List<Answered.Task> tasks = Answered.tasks(pairs, grouped);
    List<String> hypotheses =
        model.translate(tasks.stream().map(Answered.Task::source).toList(), search).stream()
            .map(Translated::translation)
            .toList();
    double logProbability = 0;
    for (double one : model.logProbabilities(pairs)) {
      logProbability += one;
    }
    long symbols = 0;
    for (SentencePair pair : pairs) {
      symbols += model.encoder().prepare(pair).target().length;
    }
    return new TranslationScores(Answered.of(tasks, hypotheses), logProbability, symbols);
  }

  /** Both counted as one. */
  public TranslationScores plus(TranslationScores other) {
    List<Answered> all = new ArrayList<>(answered);
    all.addAll(other.answered);
    return new TranslationScores(
        all, logProbability + other.logProbability, symbols + other.symbols);
  }

  /** BLEU as sacreBLEU counts it by default. */
  public Bleu bleu() {
    return bleu(answered, BleuConfig.defaults());
  }

  static Bleu bleu(List<Answered> answered, BleuConfig config) {
    Bleu bleu = new Bleu(config);
    answered.forEach(sentence -> bleu.add(sentence.hypothesis(), sentence.references()));
    return bleu;
  }

  /** chrF2. */
  public ChrF chrf() {
    return chrf(answered);
  }

  static ChrF chrf(List<Answered> answered) {
    ChrF chrf = new ChrF();
    answered.forEach(sentence -> chrf.add(sentence.hypothesis(), sentence.references()));
    return chrf;
  }

  private static double lowercaseBleu(List<Answered> answered) {
    BleuConfig usual = BleuConfig.defaults();
    BleuConfig config =
        new BleuConfig(usual.tokens(), true, usual.smoothing(), usual.effectiveOrder());
    return bleu(answered, config).score();
  }

  /** Among how many equally likely symbols the model is as unsure what the references say next. */
  public double perplexity() {
    return Math.exp(-logProbability / symbols);
  }

  /** Each sentence with its translation and its references. */
  List<Answered> answered() {
    return answered;
  }

  /** The sentences that are least like their references, by their chrF2; the worst first. */
  List<Mistake> worst(int count) {
    return answered.stream()
        .map(Mistake::of)
        .sorted(Comparator.comparingDouble(Mistake::chrf))
        .limit(count)
        .toList();
  }

  /** The scores by name. */
  public Map<String, Object> toMap() {
    Bleu bleu = bleu();
    ChrF chrf = chrf();
    Map<String, Object> map = new LinkedHashMap<>(bleu.toMap());
    map.put("bleuLowercase", lowercaseBleu(answered));
    map.put("chrf", chrf.score());
    map.put("chrfSignature", chrf.signature());
    map.put("perplexity", perplexity());
    return map;
  }

  @Override
  public String toString() {
    return bleu().toString()
        + chrf()
        + String.format(
            Locale.ROOT,
            "BLEU in lower case %.2f, perplexity %.2f of %,d symbols\n",
            lowercaseBleu(answered),
            perplexity(),
            symbols);
  }
}
