package dev.unroll.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sentences in many scripts, and what sacreBLEU says of them. */
final class Translations {
  static final Golden GOLDEN = new Golden("translations.properties");
  static final List<Sentence> ALL = read();

  /** Corpora by the name that the golden numbers have. */
  static List<Sentence> corpus(String name) {
    return switch (name) {
      case "one" -> ALL.stream().map(Sentence::withOneReference).toList();
      case "few" -> ALL.subList(18, 21).stream().map(Sentence::withOneReference).toList();
      default -> ALL;
    };
  }

  record Sentence(String hypothesis, List<String> references) {
    private Sentence withOneReference() {
      return new Sentence(hypothesis, references.subList(0, 1));
    }
  }

  private Translations() {}

  private static List<Sentence> read() {
    try (InputStream in = Translations.class.getResourceAsStream("translations.tsv")) {
      return Arrays.stream(new String(in.readAllBytes(), UTF_8).split("\n"))
          .map(line -> Stream.of(line.split("\t", -1)).map(Translations::unescape).toList())
          .map(cells -> new Sentence(cells.get(0), cells.subList(1, cells.size())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescape(String cell) {
    return Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))")
        .matcher(cell)
        .replaceAll(match -> Matcher.quoteReplacement(character(match)));
  }

  private static String character(MatchResult match) {
    if (match.group(1) != null) {
      return Character.toString(Integer.parseInt(match.group(1), 16));
    }
    return switch (match.group(2)) {
      case "t" -> "\t";
      case "n" -> "\n";
      default -> match.group(2);
    };
  }
}
