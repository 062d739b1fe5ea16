package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HomologyTest {
  private final Random random = new Random(2);

  private String bases(int count) {
    StringBuilder bases = new StringBuilder();
    for (int i = 0; i < count; i++) {
      bases.append("ACGT".charAt(random.nextInt(4)));
    }
    return bases.toString();
  }

  private static char other(char base) {
    return base == 'A' ? 'C' : 'A';
  }

  private static List<Strand> strands(String... letters) {
    List<Strand> strands = new ArrayList<>();
    for (String one : letters) {
      strands.add(new Strand("s" + strands.size(), Bases.of(one), "x", null));
    }
    return strands;
  }

  @Test
  void aSharedStretchMakesRelativesOnEitherStrand() {
    String shared = bases(24);
    String other = bases(30);
    List<Strand> all =
        strands(
            bases(40) + shared + bases(10),
            bases(60),
            other + bases(20),
            Bases.of(bases(7) + shared + other).reverseComplement().toString(),
            bases(9) + "N" + shared.substring(0, 23) + other(shared.charAt(23)) + bases(20),
            bases(5));
    List<Integer> groups = Homology.groups(all);
    assertThat(groups.get(0)).isEqualTo(groups.get(3)).isEqualTo(groups.get(2));
    assertThat(groups.stream().distinct()).hasSize(4);
    assertThat(Homology.related(all.subList(0, 3), all.subList(3, 6))).isEqualTo(1);
    assertThat(Homology.related(all.subList(0, 2), all.subList(4, 6))).isZero();
  }

  @Test
  void repeatsAndCodesOfSeveralNucleotidesMakeNone() {
    String repeat = "AC".repeat(20);
    String unclear = bases(12) + "N" + bases(12);
    List<Strand> all =
        strands(bases(20) + repeat, repeat + bases(20), unclear + bases(9), bases(9) + unclear);
    assertThat(Homology.groups(all).stream().distinct()).hasSize(4);
  }

  @Test
  void aSplitThatLeaksIsWarnedOf() {
    String shared = bases(30);
    Corpus<Strand> train = new Corpus<>(strands(shared + bases(20), bases(50)), "train", "d");
    Corpus<Strand> dev = new Corpus<>(strands(bases(9) + shared, bases(50)), "dev", "d");
    assertThat(StrandFiles.leak(new Split<>(train, dev)).orElseThrow())
        .contains("1 of the 2 strands of dev share a stretch of 24 bases");
    Corpus<Strand> clean = new Corpus<>(strands(bases(50)), "dev", "d");
    assertThat(StrandFiles.leak(new Split<>(train, clean))).isEqualTo(Optional.empty());
  }

  @Test
  void groupsStayTogether() {
    List<Strand> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String shared = bases(30);
      all.addAll(strands(shared + bases(5), bases(8) + shared, shared));
    }
    Corpus<Strand> corpus = new Corpus<>(all, "s", "d");
    Split<Strand> split = StrandFiles.splitter(corpus, "homology", 3).split(corpus, 0.3);
    assertThat(split.dev().orElseThrow().size()).isEqualTo(9);
    assertThat(StrandFiles.leak(split)).isEmpty();
    Split<Strand> random = StrandFiles.splitter(corpus, null, 3).split(corpus, 0.3);
    assertThat(StrandFiles.leak(random)).isPresent();
  }
}
