package dev.unroll.benchmarks;

import dev.unroll.data.Corpus;
import dev.unroll.translation.EncodedPair;
import dev.unroll.translation.PairEncoder;
import dev.unroll.translation.SentencePair;
import dev.unroll.translation.SentencePairReader;
import dev.unroll.translation.TranslationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes what a translator reads, for a peer to read the same: {@code MODEL FOLDER NAME=DATA…}.
 *
 * <p>{@code NAME.ids} has a line a pair, the numbers of the source's symbols and behind a tab those
 * of the target; {@code target.txt} the symbols of the target in the order of their numbers, and
 * {@code sizes.txt} how many there are on either side.
 */
public final class TranslationSymbols {
  private TranslationSymbols() {}

  /** Runs it. */
  public static void main(String[] arguments) throws IOException {
    PairEncoder encoder = TranslationModel.load(Path.of(arguments[0])).encoder();
    Path folder = Path.of(arguments[1]);
    Files.write(folder.resolve("target.txt"), encoder.target().words());
    Files.writeString(
        folder.resolve("sizes.txt"),
        encoder.source().size() + " " + encoder.target().size() + "\n");
    for (String argument : Arrays.asList(arguments).subList(2, arguments.length)) {
      String[] named = argument.split("=", 2);
      List<String> lines = new ArrayList<>();
      for (SentencePair pair : read(named[1]).examples()) {
        EncodedPair encoded = encoder.prepare(pair);
        lines.add(numbers(encoded.source()) + "\t" + numbers(encoded.target()));
      }
      Files.write(folder.resolve(named[0] + ".ids"), lines);
    }
  }

  /** A file of pairs, or two parallel ones with a comma between. */
  static Corpus<SentencePair> read(String data) {
    String[] files = data.split(",");
    return files.length == 2
        ? SentencePairReader.read(Path.of(files[0]), Path.of(files[1]))
        : SentencePairReader.read(Path.of(data));
  }

  private static String numbers(int[] symbols) {
    return Arrays.stream(symbols).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
