package dev.unroll.charlm;

import dev.unroll.data.Provenance;
import dev.unroll.evaluation.Perplexity;
import dev.unroll.generation.KneserNey;
import dev.unroll.training.DynamicRates;
import dev.unroll.training.TrainedNetwork;
import java.util.List;
import java.util.Optional;

/** Scores a model on texts, one after the other, beside the n-grams of its training text. */
record Evaluator(
    CharLmConfig config,
    CharEncoder encoder,
    TrainedNetwork network,
    Optional<KneserNey> baseline,
    Provenance provenance) {

  /** As {@link CharLmModel#evaluate(List)}. */
  Evaluation evaluate(List<Passage> passages) {
    try (EncodedText text = encoder.encodeAll(passages)) {
      return evaluate(text);
    }
  }

  /** As {@link CharLmModel#evaluate(List, int, DynamicRates)}. */
  Evaluation evaluate(List<Passage> passages, int segment, DynamicRates rates) {
    try (EncodedText text = encoder.encodeAll(passages)) {
      double sum =
          new DynamicProbability(config, encoder, segment, rates)
              .logProbability(network.graph().params(), text.symbols(), encoder::counts);
      return evaluate(text).withDynamic(perplexity(text, sum));
    }
  }

  private Evaluation evaluate(EncodedText text) {
    double sum =
        network.with(
            lent -> TextProbability.carried(lent, encoder, text.symbols(), encoder::counts));
    Optional<Perplexity> other =
        baseline.map(
            ngrams -> perplexity(text, ngrams.logProbability(text.symbols(), encoder::counts)));
    return new Evaluation(
        perplexity(text, sum),
        config.level() == Level.WORD ? text.predictions() : 0,
        other,
        config.baselineOrder(),
        baseline.map(this::beginning).orElse(0L),
        Optional.empty());
  }

  /** How much of the training text the n-grams are of, if not of all. */
  private long beginning(KneserNey ngrams) {
    Long all = provenance.examples() == null ? null : provenance.examples().get("train");
    return all != null && ngrams.counted() < all ? ngrams.counted() : 0;
  }

  static Perplexity perplexity(EncodedText text, double logProbability) {
    Perplexity perplexity = new Perplexity();
    perplexity.add(logProbability, text.characters());
    perplexity.addUnknown(text.unknown());
    return perplexity;
  }
}
