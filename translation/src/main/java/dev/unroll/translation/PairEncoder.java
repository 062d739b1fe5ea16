package dev.unroll.translation;

import dev.unroll.data.Corpus;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.UserError;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.ForwardEncoder;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns pairs into arrays. The decoder reads the translation one step behind: what it is to say
 * next, it has not read yet (teacher forcing).
 *
 * <pre>
 *   features   sources  [batch, 1, S]    Guten Tag . &lt;END&gt;    mask [batch, S]
 *              targets  [batch, 1, T]    &lt;BEGIN&gt; Hello .      mask [batch, T]
 *   labels              [batch, 1, T]    Hello   .   &lt;END&gt;    mask [batch, T], the same
 * </pre>
 *
 * A pair without a translation has no target steps; where a batch has none at all there is one,
 * which the mask hides.
 */
public final class PairEncoder implements ForwardEncoder<SentencePair, EncodedPair> {
  private final Language source;
  private final Language target;
  private final boolean lowercase;
  private final int begin;

  private PairEncoder(Language source, Language target, TranslationConfig config) {
    this.source = source;
    this.target = target;
    this.lowercase = config.lowercase();
    this.begin = target.vocabulary().special(Vocabulary.BEGIN);
  }

  /**
   * An encoder that knows the symbols of {@code train}.
   *
   * @throws UserError if no pair has a translation
   */
  public static PairEncoder fit(Corpus<SentencePair> train, TranslationConfig config) {
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (SentencePair pair : train.examples()) {
      if (pair.isTranslated()) {
        sources.add(config.lowercase() ? Language.lower(pair.source()) : pair.source());
        targets.add(pair.target());
      }
    }
    if (targets.isEmpty()) {
      throw UserError.data(
          train.source(), "there is no pair of a sentence and its translation to learn from");
    }
    if (config.joint()) {
      sources.addAll(targets);
      Language both = Language.learn(sources, config);
      return new PairEncoder(both, both, config);
    }
    return new PairEncoder(
        Language.learn(sources, config), Language.learn(targets, config), config);
  }

  /** The symbols of the source. */
  public Vocabulary source() {
    return source.vocabulary();
  }

  /** The symbols of the target: the same object if they are joint. */
  public Vocabulary target() {
    return target.vocabulary();
  }

  /** The numbers of a sentence's symbols, the end the last. */
  public int[] source(String text) {
    return source.numbers(cased(text));
  }

  private String cased(String text) {
    return lowercase ? Language.lower(text) : text;
  }

  @Override
  public EncodedPair prepare(SentencePair pair) {
    return new EncodedPair(
        source(pair.source()), pair.isTranslated() ? target.numbers(pair.target()) : new int[0]);
  }

  @Override
  public int length(EncodedPair pair) {
    return Math.max(pair.source().length, pair.target().length);
  }

  @Override
  public List<SequenceBatch> inputs(List<EncodedPair> pairs) {
    return List.of(
        SequenceBatch.ids(pairs, pair -> pair.source().length, (pair, step) -> pair.source()[step]),
        SequenceBatch.ids(pairs, pair -> pair.target().length, this::read));
  }

  /** What the decoder reads at a step of a right translation, to predict its symbol there. */
  int read(EncodedPair pair, int step) {
    return step == 0 ? begin : pair.target()[step - 1];
  }

  @Override
  public MultiDataSet encode(List<EncodedPair> pairs) {
    List<SequenceBatch> inputs = inputs(pairs);
    SequenceBatch targets =
        SequenceBatch.ids(pairs, pair -> pair.target().length, (pair, step) -> pair.target()[step]);
    return new MultiDataSet(
        SequenceBatch.arrays(inputs),
        new INDArray[] {targets.array()},
        SequenceBatch.masks(inputs),
        new INDArray[] {targets.mask()});
  }

  /** The raw text of symbols of the target; the beginning, the end and the like are left out. */
  public String text(int[] targetSymbols) {
    return target.text(targetSymbols);
  }

  /**
   * The symbols of a sentence as people read them, the end the last: as many as {@link
   * #source(String)} has numbers. Those that have no number are themselves here.
   */
  public List<String> sourceTokens(String text) {
    List<String> tokens = new ArrayList<>(source.pieces(cased(text)));
    tokens.add(Vocabulary.END);
    return tokens;
  }

  /** As many symbols as numbers. */
  public List<String> targetTokens(int[] targetSymbols) {
    return target.pieces(targetSymbols);
  }

  /** Adds the vocabularies, and the merges if there are any. */
  public void write(ModelFileWriter file) {
    if (source == target) {
      source.write(file, "joint");
    } else {
      source.write(file, "source");
      target.write(file, "target");
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UserError if it is damaged
   */
  public static PairEncoder read(NetworkFile file, TranslationConfig config) {
    if (config.joint()) {
      Language both = Language.read(file, "joint", config);
      return new PairEncoder(both, both, config);
    }
    return new PairEncoder(
        Language.read(file, "source", config), Language.read(file, "target", config), config);
  }
}
