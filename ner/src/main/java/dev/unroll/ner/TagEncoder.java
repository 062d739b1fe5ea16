package dev.unroll.ner;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.StackedStates;
import dev.unroll.layers.crf.CrfConstraints;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordVectors;
import dev.unroll.training.Encoder;
import dev.unroll.training.ForwardEncoder;
import dev.unroll.training.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns sentences into arrays: the ids of the words {@code [batch, 1, time]}, the characters of
 * each word (see {@link Spellings}), its shape {@code [batch, 1, time]}, what language models make
 * of it {@code [batch, width, time]}, a mask {@code [batch, time]}, and the number of each tag
 * {@code [batch, 1, time]}.
 *
 * <pre>
 *   "Ada met Bo"    words  7 12  0     mask  1 1 1     tags  S-PER O S-PER
 *   "Hi"                  31  0  0           1 0 0           O
 *   ""                     0  0  0           0 0 0
 * </pre>
 *
 * Inside, tags are {@link TagScheme#BIOES}, whatever the data is written in: their constraints say
 * most. A sentence without words takes a step that the mask hides.
 */
public final class TagEncoder implements ForwardEncoder<TaggedSentence, EncodedSentence> {
  private final WordLookup lookup;
  private final Vocabulary alphabet;
  private final List<String> types;
  private final List<String> tags;
  private final TagScheme scheme;
  private final NerConfig config;
  private final StackedStates languageModels;

  /**
   * An encoder of which everything is known, as when a model is loaded.
   *
   * @param languageModels that read the sentences too; may be none
   */
  TagEncoder(
      Vocabulary vocabulary,
      Vocabulary alphabet,
      List<String> types,
      TagScheme scheme,
      NerConfig config,
      StackedStates languageModels) {
    this.lookup = new WordLookup(vocabulary, config.anyCase());
    this.alphabet = alphabet;
    this.types = List.copyOf(types);
    this.tags = tags(types);
    this.scheme = scheme;
    this.config = config;
    this.languageModels = languageModels;
  }

  private static List<String> tags(List<String> types) {
    List<String> tags = new ArrayList<>(List.of(TagScheme.OUTSIDE));
    for (String type : types) {
      tags.addAll(List.of("B-" + type, "I-" + type, "E-" + type, "S-" + type));
    }
    return tags;
  }

  /**
   * An encoder that knows the words, the characters and the types of entities of {@code train}.
   *
   * @throws UserError if there are no entities, from which nothing can be learnt
   */
  public static TagEncoder fit(Corpus<TaggedSentence> train, NerConfig config) {
    return fit(train, config, Optional.empty());
  }

  /**
   * An encoder that knows the words of {@code train}, and others besides.
   *
   * @param pretrained words that have a vector already; those that {@code train} lacks are known
   *     too, as far as {@link NerConfig#maxVocabulary()} allows
   */
  public static TagEncoder fit(
      Corpus<TaggedSentence> train, NerConfig config, Optional<WordVectors> pretrained) {
    return fit(train, config, pretrained, Optional.empty());
  }

  /**
   * The same for a tagger that begins with another one: it knows the words of that too, and no
   * characters but those of that.
   *
   * @param begins the other one
   */
  public static TagEncoder fit(
      Corpus<TaggedSentence> train,
      NerConfig config,
      Optional<WordVectors> pretrained,
      Optional<NerModel> begins) {
    SortedSet<String> types = TaggedSentence.types(train.examples());
    if (types.isEmpty()) {
      throw UserError.data(
          train.source(), "no entities in it to learn from; every tag is O; name other data");
    }
    VocabularyFit known =
        VocabularyFit.of(
            train.examples(),
            config,
            pretrained,
            begins.map(model -> new Beginning(model, "the other tagger")));
    return new TagEncoder(
        known.words(),
        known.characters(),
        List.copyOf(types),
        TagScheme.of(train.examples()),
        config,
        new StackedStates(List.of()));
  }

  /** The same, with language models that read the sentences too. */
  TagEncoder with(StackedStates models) {
    return new TagEncoder(vocabulary(), alphabet, types, scheme, config, models);
  }

  /** The id of a word, or of what stands for it. */
  int id(String word) {
    return lookup.id(word);
  }

  @Override
  public EncodedSentence prepare(TaggedSentence sentence) {
    List<String> words = sentence.words();
    boolean spelled = config.characters() != NerConfig.Characters.NONE;
    boolean shaped = config.shapeDimensions() > 0;
    return new EncodedSentence(
        words.stream().mapToInt(this::id).toArray(),
        spelled
            ? words.stream().map(word -> Spelling.numbers(word, alphabet)).toArray(int[][]::new)
            : null,
        shaped ? words.stream().mapToInt(Spelling::shape).toArray() : null,
        sentence.tags() == null
            ? null
            : TagScheme.BIOES.convert(sentence.tags()).stream().mapToInt(this::tag).toArray(),
        words.hashCode(),
        languageModels.width() > 0 ? words : null,
        null);
  }

  /** The same, without its tags if the training data had no entity of one of its types. */
  EncodedSentence prepareKnown(TaggedSentence sentence) {
    return prepare(
        types.containsAll(TaggedSentence.types(List.of(sentence)))
            ? sentence
            : TaggedSentence.untagged(sentence.words()));
  }

  /** At least 1: a sentence without words takes a step too. */
  @Override
  public int length(EncodedSentence sentence) {
    return Math.max(1, sentence.length());
  }

  @Override
  public MultiDataSet encode(List<EncodedSentence> sentences) {
    return encode(sentences, (sentence, step) -> sentence.words()[step]);
  }

  /**
   * The same with other words.
   *
   * @param words the id of each
   */
  MultiDataSet encode(
      List<EncodedSentence> sentences, SequenceBatch.StepValue<EncodedSentence> words) {
    List<SequenceBatch> inputs = inputs(sentences, words);
    return new MultiDataSet(
        SequenceBatch.arrays(inputs),
        new INDArray[] {ids(sentences, TagEncoder::tag).array()},
        SequenceBatch.masks(inputs),
        new INDArray[] {null});
  }

  @Override
  public List<SequenceBatch> inputs(List<EncodedSentence> sentences) {
    return inputs(sentences, (sentence, step) -> sentence.words()[step]);
  }

  private List<SequenceBatch> inputs(
      List<EncodedSentence> sentences, SequenceBatch.StepValue<EncodedSentence> words) {
    List<SequenceBatch> inputs = new ArrayList<>(List.of(ids(sentences, words)));
    if (config.characters() != NerConfig.Characters.NONE) {
      boolean alone = config.characters() == NerConfig.Characters.LSTM;
      inputs.add(
          alone ? Spellings.rows(sentences, inputs.get(0).time()) : Spellings.columns(sentences));
    }
    if (config.shapeDimensions() > 0) {
      inputs.add(ids(sentences, (sentence, step) -> sentence.shapes()[step]));
    }
    if (languageModels.width() > 0) {
      inputs.add(ContextVectors.of(sentences, languageModels));
    }
    return inputs;
  }

  private static SequenceBatch ids(
      List<EncodedSentence> sentences, SequenceBatch.StepValue<EncodedSentence> value) {
    return SequenceBatch.ids(sentences, EncodedSentence::length, value);
  }

  private static float tag(EncodedSentence sentence, int step) {
    return sentence.tags() == null ? 0 : sentence.tags()[step];
  }

  /**
   * The number of a tag in {@link TagScheme#BIOES}.
   *
   * @throws UserError if the training data had no entity of its type
   */
  int tag(String tag) {
    int number = tags.indexOf(tag);
    if (number < 0) {
      throw UserError.data(
          "tag '" + tag + "'", "its type is not among those of the training data, " + types);
    }
    return number;
  }

  /** Which tag may follow which: every path through them is a well-formed sentence. */
  CrfConstraints constraints() {
    CrfConstraints constraints = CrfConstraints.none(tags.size());
    for (int from = 0; from < tags.size(); from++) {
      boolean open = isOneOf("BI", from);
      constraints = isOneOf("IE", from) ? constraints.forbidStart(from) : constraints;
      constraints = open ? constraints.forbidEnd(from) : constraints;
      for (int to = 0; to < tags.size(); to++) {
        boolean goesOn = isOneOf("IE", to);
        boolean fits = goesOn ? open && sameType(from, to) : !open;
        constraints = fits ? constraints : constraints.forbid(from, to);
      }
    }
    return constraints;
  }

  private boolean isOneOf(String prefixes, int tag) {
    return prefixes.indexOf(tags.get(tag).charAt(0)) >= 0;
  }

  private boolean sameType(int from, int to) {
    return TagScheme.type(tags.get(from)).equals(TagScheme.type(tags.get(to)));
  }

  /**
   * The same for training, which reads some words as unknown, so that the vector of the unknown
   * word is learnt: one that occurs {@code n} times with probability {@code a / (a + n)} (E.
   * Kiperwasser, Y. Goldberg, <i>Simple and Accurate Dependency Parsing Using Bidirectional LSTM
   * Feature Representations</i>, TACL 2016, section 4), where {@code a} makes it {@link
   * NerConfig#wordDropout()} for {@code n} = 1.
   */
  public Encoder<TaggedSentence, EncodedSentence> forTraining() {
    return new DroppingEncoder(this, config.wordDropout(), config.training().seed());
  }

  /** The language models that read the sentences too. */
  StackedStates languageModels() {
    return languageModels;
  }

  /** The words that are known. */
  public Vocabulary vocabulary() {
    return lookup.vocabulary();
  }

  /** The characters that are known. */
  Vocabulary alphabet() {
    return alphabet;
  }

  /** The types of entities, in alphabetical order. */
  public List<String> types() {
    return types;
  }

  /** The tags, in the order of the network's outputs. */
  public List<String> tags() {
    return tags;
  }

  /** What the training data was written in, and answers are. */
  public TagScheme scheme() {
    return scheme;
  }
}
