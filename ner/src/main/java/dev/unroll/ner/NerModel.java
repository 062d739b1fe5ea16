package dev.unroll.ner;

import com.google.gson.reflect.TypeToken;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Provenance;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.SpanScores;
import dev.unroll.generation.language.CharacterStates;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.TrainedModel;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trained tagger: finds what a text names.
 *
 * <pre>{@code
 * NerModel model = NerModel.load(Path.of("names.zip"));
 * for (Span span : model.tag("Ada Lovelace lived in London.").spans()) …
 * }</pre>
 *
 * <p>Any number of threads may use one model at the same time, and get the same answers as one. A
 * text that is asked about alone and in a batch gets the same answer to within 1e-5 of its
 * probabilities: libraries add up the products of a single row in another order.
 */
public final class NerModel implements TrainedModel {
  private static final String TASK = "ner";

  private final NerConfig config;
  private final TagEncoder encoder;
  private final TrainedNetwork network;
  private final SentenceTagger tagger;
  private final boolean embedded;
  private final KnownEntities known;
  private final Map<String, Double> metrics;
  private final Provenance provenance;

  NerModel(
      NerConfig config,
      TagEncoder encoder,
      TrainedNetwork network,
      boolean embedded,
      KnownEntities known,
      Map<String, Double> metrics,
      Provenance provenance) {
    this.config = config;
    this.encoder = encoder;
    this.network = network;
    this.tagger = new SentenceTagger(network, encoder, config.maxWords());
    this.embedded = embedded;
    this.known = known;
    this.metrics = metrics;
    this.provenance = provenance;
  }

  /** What the file says of the tags. */
  private record Tags(TagScheme scheme, List<String> types) {
    boolean isComplete() {
      return scheme != null
          && types != null
          && !types.isEmpty()
          && !types.contains(null)
          && Set.copyOf(types).size() == types.size();
    }
  }

  /**
   * Reads a model that {@link #save} wrote, with the language models that it has in its file, if it
   * reads with any.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model; if
   *     it was trained with language models that are not in it
   */
  public static NerModel load(Path path) {
    return load(path, List.of());
  }

  /**
   * Reads a model that was trained with language models that are not in its file.
   *
   * @param languageModels those models, from the same files, in any order
   * @throws UserError as above; if one of them is missing, or is another
   */
  public static NerModel load(Path path, List<CharacterStates> languageModels) {
    return NetworkFile.load(path, TASK, file -> read(file, languageModels));
  }

  /**
   * Reads a model from a stream, to its end; the stream is not closed.
   *
   * @throws UserError as above
   */
  public static NerModel load(InputStream in) {
    return load(in, List.of());
  }

  /**
   * The same with language models that are not in its file.
   *
   * @throws UserError as above
   */
  public static NerModel load(InputStream in, List<CharacterStates> languageModels) {
    return NetworkFile.load(in, TASK, file -> read(file, languageModels));
  }

  /**
   * Reads a model from the class path.
   *
   * @param beside a class of the jar that has the model
   * @param resource as {@link Class#getResourceAsStream} takes it
   * @throws UserError as above
   */
  public static NerModel load(Class<?> beside, String resource) {
    return NetworkFile.load(beside, resource, TASK, file -> read(file, List.of()));
  }

  private static NerModel read(NetworkFile file, List<CharacterStates> given) throws IOException {
    NerConfig config = file.config(NerConfig::with);
    Tags inFile = file.entries().json("tags.json", TypeToken.get(Tags.class));
    if (!inFile.isComplete()) {
      throw file.entries().damaged("'tags.json' has not a scheme and types, each once");
    }
    Vocabulary vocabulary = Vocabulary.read(file.entries().lines("vocabulary.txt"));
    Vocabulary characters = Vocabulary.read(file.entries().lines("characters.txt"));
    LanguageModels models = LanguageModels.read(file, given);
    TagEncoder encoder =
        new TagEncoder(
            vocabulary, characters, inFile.types(), inFile.scheme(), config, models.states());
    long tags = encoder.tags().size();
    boolean crf = config.output() == NerConfig.Output.CRF; // a score from each tag to each
    TrainedNetwork network =
        file.network(
            () -> NerNetwork.configuration(config, encoder),
            config.network(),
            config.dimensions(),
            config.characters() == NerConfig.Characters.NONE ? 0 : config.characterDimensions(),
            config.characters() == NerConfig.Characters.NONE ? 0 : config.characterFilters(),
            config.shapeDimensions(),
            (long) models.states().width() * config.languageModelDimensions(),
            vocabulary.size(),
            crf ? tags * tags : tags);
    KnownEntities entities = KnownEntities.read(file.entries().lines("entities.txt"));
    return new NerModel(
        config, encoder, network, models.embedded(), entities, file.metrics(), file.provenance());
  }

  @Override
  public void save(Path path) {
    try (ModelFileWriter file = NetworkFile.begin(path, TASK, config.toProperties())) {
      file.json("tags.json", new Tags(encoder.scheme(), encoder.types()));
      file.text("vocabulary.txt", encoder.vocabulary()::write);
      file.text("characters.txt", encoder.alphabet()::write);
      file.text("entities.txt", known.toString());
      new LanguageModels(encoder.languageModels(), embedded).write(file);
      NetworkFile.finish(file, network, metrics, provenance);
    }
  }

  /**
   * The network for other programs, with its words and tags; {@code docs/onnx.md} says how to ask
   * it, and how to find the best tags.
   *
   * @throws UserError if it reads with language models
   */
  public OnnxModel toOnnx() {
    return NerOnnx.of(config, encoder, network.graph());
  }

  /** What one text names; it may be empty. */
  public Tagging tag(String text) {
    return tag(List.of(text)).get(0);
  }

  /** What each text names, in the same order; faster than one by one. */
  public List<Tagging> tag(List<String> texts) {
    return tag(texts, Tokenizer.standard());
  }

  /**
   * What each text names.
   *
   * @param tokenizer {@link Tokenizer#whitespace()} for text that was tokenised before
   */
  public List<Tagging> tag(List<String> texts, Tokenizer tokenizer) {
    List<List<Token>> tokens = texts.stream().map(tokenizer::tokenize).toList();
    List<List<Entity>> entities =
        tagWords(tokens.stream().map(t -> t.stream().map(Token::text).toList()).toList());
    List<Tagging> taggings = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      taggings.add(new Tagging(texts.get(i), tokens.get(i), entities.get(i)));
    }
    return taggings;
  }

  /**
   * What sentences name that are words already. Sentences longer than {@link NerConfig#maxWords()}
   * are read in pieces, and no entity is found across two of them.
   */
  public List<List<Entity>> tagWords(List<List<String>> sentences) {
    return tagger.entities(sentences);
  }

  /** How sure the model is that no word of an entity that it missed belongs to a name. */
  double probabilityOfNone(TaggedSentence sentence, Entity missed) {
    return tagger.probabilityOfNone(sentence, missed);
  }

  /**
   * Compares the model's answers with the tags of {@code sentences}, in the scheme of those; BIOES
   * is counted as BIO.
   */
  public SpanScores evaluate(List<TaggedSentence> sentences) {
    return compare(sentences, tagWords(sentences.stream().map(TaggedSentence::words).toList()));
  }

  /** Compares answers that were given already with the tags of {@code sentences}. */
  static SpanScores compare(List<TaggedSentence> sentences, List<List<Entity>> answers) {
    TagScheme scheme = TagScheme.of(sentences);
    SpanScores scores = new SpanScores();
    for (int i = 0; i < sentences.size(); i++) {
      TaggedSentence sentence = sentences.get(i);
      boolean bioes = scheme == TagScheme.BIOES;
      TagScheme counted = bioes ? TagScheme.BIO : scheme;
      scores.add(
          bioes ? TagScheme.BIO.convert(sentence.tags()) : sentence.tags(),
          counted.tags(answers.get(i), sentence.words().size()));
      scores.addOutside(sentence.markers());
    }
    return scores;
  }

  /** The types of entities that the model knows. */
  public List<String> types() {
    return encoder.types();
  }

  /** What the training data was written in, and tags that the model writes are. */
  public TagScheme scheme() {
    return encoder.scheme();
  }

  /** The entities of the training data. */
  KnownEntities known() {
    return known;
  }

  /** What turns sentences into arrays. */
  TagEncoder encoder() {
    return encoder;
  }

  /** The network. */
  TrainedNetwork network() {
    return network;
  }

  /** Whether its file has the language models in it. */
  boolean isEmbedded() {
    return embedded;
  }

  /** The language models that it reads with; there may be none. */
  public List<CharacterStates> languageModels() {
    return encoder.languageModels().models();
  }

  /** What the model was trained with. */
  public NerConfig config() {
    return config;
  }

  /** The scores on dev of the epoch that was kept: {@code f1} and others. */
  @Override
  public Map<String, Double> metrics() {
    return metrics;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }
}
