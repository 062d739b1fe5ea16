package dev.unroll.dna;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes the sample that comes with the program: random strands, in some of which two boxes stand as
 * in the promoters of bacteria, {@code TTGACA} and, 16 to 18 bases behind it, {@code TATAAT}, each
 * with a base mutated now and then. The others hold a shuffled one of the boxes, so that what bases
 * there are does not tell. {@code main} writes it.
 */
final class SampleStrands {
  private static final String FIRST = "TTGACA";
  private static final String SECOND = "TATAAT";
  private static final int LENGTH = 60;

  private final Random random;

  private SampleStrands(long seed) {
    this.random = new Random(seed);
  }

  static String train() {
    return new SampleStrands(1).lines(1000);
  }

  static String test() {
    return new SampleStrands(2).lines(120);
  }

  private String lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      boolean promoter = i % 2 == 0;
      lines.append(promoter ? "promoter" : "other").append('\t');
      lines.append(promoter ? promoter() : other()).append('\n');
    }
    return lines.toString();
  }

  private String promoter() {
    return around(mutated(FIRST) + bases(16 + random.nextInt(3)) + mutated(SECOND));
  }

  private String other() {
    return around(shuffled(FIRST) + bases(16 + random.nextInt(3)) + shuffled(SECOND));
  }

  private String around(String boxes) {
    int before = 5 + random.nextInt(LENGTH - boxes.length() - 10);
    return bases(before) + boxes + bases(LENGTH - before - boxes.length());
  }

  private String bases(int count) {
    StringBuilder bases = new StringBuilder();
    for (int i = 0; i < count; i++) {
      bases.append("ACGT".charAt(random.nextInt(4)));
    }
    return bases.toString();
  }

  private String mutated(String box) {
    int at = random.nextInt(4 * box.length());
    return at >= box.length() ? box : box.substring(0, at) + bases(1) + box.substring(at + 1);
  }

  private String shuffled(String box) {
    List<String> letters = new ArrayList<>(List.of(box.split("")));
    StringBuilder shuffled = new StringBuilder();
    while (!letters.isEmpty()) {
      shuffled.append(letters.remove(random.nextInt(letters.size())));
    }
    return shuffled.toString();
  }

  public static void main(String... args) throws IOException {
    Path folder = Path.of("src/main/resources/dev/unroll/dna/sample");
    Files.writeString(folder.resolve("train.tsv"), train());
    Files.writeString(folder.resolve("test.tsv"), test());
  }
}
