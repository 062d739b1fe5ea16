package dev.unroll.generation.language;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.RecurrentStack;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained language model of words, for networks that begin with what it has learnt: its vectors
 * and its recurrent layers (A. Dai, Q. Le, <i>Semi-supervised Sequence Learning</i>, NeurIPS 2015),
 * and its output where such a network goes on predicting words while it learns.
 */
public final class WordModel {
  private static final String TASK = "charlm";
  private static final String VOCABULARY = "vocabulary.txt";

  private final String name;
  private final String sha256;
  private final LanguageSettings settings;
  private final Vocabulary vocabulary;
  private final float[][] vectors;
  private final Map<String, INDArray> parameters;

  private WordModel(
      String name,
      String sha256,
      LanguageSettings settings,
      Vocabulary vocabulary,
      Map<String, INDArray> parameters) {
    this.name = name;
    this.sha256 = sha256;
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.parameters = parameters;
    this.vectors = parameters.get(LanguageNetwork.EMBEDDING + "_W").toFloatMatrix();
  }

  /**
   * Reads a model that {@code charlm} trained.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model, or
   *     if its symbols are characters
   */
  public static WordModel load(Path path) {
    return NetworkFile.load(
        path, TASK, file -> read(file, path.getFileName().toString(), Sha256.of(path)));
  }

  private static WordModel read(NetworkFile file, String name, String sha256) throws IOException {
    LanguageSettings settings = file.config(LanguageSettings::with);
    if (!settings.level().equals("word")) {
      throw UserError.data(
          file.entries().name(),
          "reads characters, and words are to be read here; train one with %s word"
              .formatted(setting("level")));
    }
    Vocabulary vocabulary = Vocabulary.read(file.entries().lines(VOCABULARY));
    int symbols = vocabulary.size() + 1; // the last is the end of a text
    int before = 0;
    for (int cutoff : settings.cutoffs()) {
      if (cutoff <= before || cutoff >= symbols) {
        throw file.entries()
            .damaged(
                "tails of the softmax begin at %s, which must ascend and be below the %d symbols"
                    .formatted(settings.cutoffs(), symbols));
      }
      before = cutoff;
    }
    TrainedNetwork network =
        file.network(
            () -> settings.languageNetwork().configuration(symbols),
            settings.network(),
            settings.dimensions(),
            symbols);
    return new WordModel(name, sha256, settings, vocabulary, network.graph().paramTable());
  }

  /** The name of the file, without its folder. */
  public String name() {
    return name;
  }

  /** The digest of the file. */
  public String sha256() {
    return sha256;
  }

  /** The recurrent layers, in one direction. */
  public NetworkConfig network() {
    return settings.network();
  }

  /** The number of values of a word's vector. */
  public int dimensions() {
    return settings.dimensions();
  }

  /** Whether it reads from the end of a text to its beginning. */
  public boolean reverse() {
    return settings.reverse();
  }

  /** The words that it knows. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The vector of a word: of one that it does not know, that of all unknown words. Not a copy. */
  public float[] vector(String word) {
    return vectors[vocabulary.id(word)];
  }

  /**
   * A parameter of a recurrent layer.
   *
   * @param layer from 1
   * @param key {@code W}, {@code RW} or {@code b}
   */
  public INDArray parameter(int layer, String key) {
    return parameters.get(RecurrentStack.name(layer) + "_" + key);
  }

  /**
   * The symbol that begins and ends texts: the number behind those of the words, and the last that
   * is predicted.
   */
  public int end() {
    return vocabulary.size();
  }

  /**
   * The layer that predicts, for another network: a softmax over the words, whose numbers are those
   * of {@link #vocabulary}, and {@link #end}. It reads states {@code [batch, hidden, time]} and is
   * adaptive if that of the model is. One that is tied to the vectors of the model gets weights of
   * its own, as the other network may read other words, or with longer vectors.
   *
   * @param dropout of the states, or null
   */
  public Layer output(IDropout dropout) {
    return LanguageNetwork.output(end() + 1, settings.cutoffs(), null, dropout);
  }

  /** Lets an {@link #output} of a network begin with the parameters of the model's. */
  public void copyOutput(ComputationGraph network, String layer) {
    network
        .getLayer(layer)
        .paramTable()
        .forEach((key, values) -> values.assign(outputParameter(key)));
  }

  private INDArray outputParameter(String key) {
    return settings.tied() && key.equals(DefaultParamInitializer.WEIGHT_KEY)
        ? parameters.get(LanguageNetwork.EMBEDDING + "_W").transpose()
        : parameters.get(LanguageNetwork.OUTPUT + "_" + key);
  }
}
