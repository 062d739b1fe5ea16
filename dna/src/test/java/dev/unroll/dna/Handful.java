package dev.unroll.dna;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A few strands with a word in each that tells what it is, and a few with genes on either strand: a
 * gene is {@code TTG} and some {@code ACG}, between bases that are A or T.
 */
final class Handful {
  static final Map<String, String> WORDS =
      Map.of("first", "GATTACA", "second", "CCGTGGC", "third", "TGTGCAC");
  static final List<Strand> STRANDS = strands();
  static final List<Strand> GENES = genes(6, 80, 3);

  private Handful() {}

  private static List<Strand> strands() {
    Random random = new Random(1);
    List<Strand> strands = new ArrayList<>();
    for (String label : List.of("first", "second", "third")) {
      for (int i = 0; i < 4; i++) {
        String letters = between(random, 3 + i) + WORDS.get(label) + between(random, 8 - i);
        strands.add(new Strand(label + i, Bases.of(letters), label, null));
      }
    }
    return strands;
  }

  private static String between(Random random, int count) {
    StringBuilder bases = new StringBuilder();
    for (int i = 0; i < count; i++) {
      bases.append("AT".charAt(random.nextInt(2)));
    }
    return bases.toString();
  }

  /** Strands with genes, of which some touch. */
  static List<Strand> genes(int count, int length, long seed) {
    Random random = new Random(seed);
    List<Strand> strands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "s" + i;
      StringBuilder bases = new StringBuilder();
      List<Region> regions = new ArrayList<>();
      boolean touch = false;
      while (bases.length() < length) {
        bases.append(touch ? "" : between(random, 3 + random.nextInt(12)));
        touch = random.nextInt(3) == 0;
        Bases gene = Bases.of("TTG" + "ACG".repeat(2 + random.nextInt(5)));
        boolean reverse = random.nextBoolean();
        int start = bases.length();
        bases.append(reverse ? gene.reverseComplement() : gene);
        Direction direction = reverse ? Direction.MINUS : Direction.PLUS;
        regions.add(new Region(id, start, bases.length(), direction, "gene"));
      }
      bases.append(between(random, 5));
      strands.add(new Strand(id, Bases.of(bases.toString()), null, regions));
    }
    return strands;
  }

  static Corpus<Strand> corpus(List<Strand> strands) {
    return new Corpus<>(strands, "a handful", "none");
  }

  /** For whole strands. */
  static DnaConfig config(String... settings) {
    Map<String, String> overrides =
        new HashMap<>(
            Map.of(
                "hidden", "8",
                "filters", "12",
                "filter-width", "7",
                "epochs", "25",
                "batch", "4",
                "learning-rate", "0.02",
                "dropout", "0",
                "input-dropout", "0"));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return DnaConfig.with(overrides);
  }

  /** For genes. */
  static DnaConfig ofGenes(String... settings) {
    List<String> all = new ArrayList<>(List.of("window", "60", "context", "15", "epochs", "24"));
    all.addAll(List.of("learning-rate", "0.03", "hidden", "10"));
    all.addAll(List.of(settings));
    return config(all.toArray(String[]::new));
  }

  static DnaModel train(DnaConfig config, List<Strand> strands) {
    Corpus<Strand> corpus = corpus(strands);
    return DnaTrainer.train(config, StrandEncoder.fit(corpus, config), new Split<>(corpus, corpus));
  }

  /** Whole strands as lines. */
  static String tsv() {
    StringBuilder tsv = new StringBuilder();
    for (Strand strand : STRANDS) {
      tsv.append(strand.label()).append('\t').append(strand.id()).append('\t');
      tsv.append(strand.bases()).append('\n');
    }
    return tsv.toString();
  }

  static String fasta(List<Strand> strands) {
    StringBuilder fasta = new StringBuilder();
    for (Strand strand : strands) {
      fasta.append('>').append(strand.id()).append('\n').append(strand.bases()).append('\n');
    }
    return fasta.toString();
  }

  static String bed(List<Strand> strands) {
    StringBuilder bed = new StringBuilder();
    for (Strand strand : strands) {
      strand.regions().forEach(region -> bed.append(RegionLines.bed(region)).append('\n'));
    }
    return bed.toString();
  }
}
