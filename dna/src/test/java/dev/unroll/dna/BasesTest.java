package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BasesTest {
  /** The table of IUPAC, by hand: what a letter may be, and the letter opposite. */
  private static final Map<Character, String> TABLE =
      Map.ofEntries(
          Map.entry('A', "A T"),
          Map.entry('C', "C G"),
          Map.entry('G', "G C"),
          Map.entry('T', "T A"),
          Map.entry('U', "T A"),
          Map.entry('R', "AG Y"),
          Map.entry('Y', "CT R"),
          Map.entry('S', "CG S"),
          Map.entry('W', "AT W"),
          Map.entry('K', "GT M"),
          Map.entry('M', "AC K"),
          Map.entry('B', "CGT V"),
          Map.entry('D', "AGT H"),
          Map.entry('H', "ACT D"),
          Map.entry('V', "ACG B"),
          Map.entry('N', "ACGT N"));

  @Test
  void lettersAreTheProbabilitiesOfWhatTheyMayBe() {
    TABLE.forEach(
        (letter, row) -> {
          String may = row.split(" ")[0];
          for (char written : new char[] {letter, Character.toLowerCase(letter)}) {
            byte code = Nucleotides.code(written);
            float[] probabilities = Nucleotides.probabilities(code);
            for (int n = 0; n < 4; n++) {
              boolean can = may.indexOf("ACGT".charAt(n)) >= 0;
              assertThat(probabilities[n])
                  .as("%s as %s", written, "ACGT".charAt(n))
                  .isEqualTo(can ? 1f / may.length() : 0, within(1e-7f));
            }
            char opposite = Nucleotides.letter(Nucleotides.complement(code));
            assertThat(Character.toUpperCase(opposite)).isEqualTo(row.split(" ")[1].charAt(0));
            assertThat(Character.isLowerCase(opposite)).isEqualTo(Character.isLowerCase(written));
          }
        });
    int letters = 0;
    for (int c = 0; c < 256; c++) {
      letters += Nucleotides.code(c) == Nucleotides.INVALID ? 0 : 1;
    }
    assertThat(letters).isEqualTo(2 * TABLE.size());
  }

  @Test
  void theOtherStrandIsReadFromItsOwnEnd() {
    Bases bases = Bases.of("AACGtnR");
    assertThat(bases.reverseComplement()).hasToString("YnaCGTT");
    assertThat(bases.reverseComplement().reverseComplement()).isEqualTo(bases);
    assertThat(bases.part(2, 5)).hasToString("CGt").isEqualTo(Bases.of("CGt"));
    assertThat(Bases.of("")).hasToString("").isEqualTo(Bases.of("").reverseComplement());
    assertThatThrownBy(() -> Bases.of("AC-T")).hasMessageContaining("'-' at 2 is no nucleotide");
  }

  @Test
  void aStrandTurnsWithItsRegions() {
    Region region = new Region("s", 1, 3, Direction.PLUS, "x");
    Strand strand = new Strand("s", Bases.of("AACGT"), "l", List.of(region));
    Strand turned = strand.reverseComplement();
    assertThat(turned.regions()).containsExactly(new Region("s", 2, 4, Direction.MINUS, "x"));
    assertThat(turned.reverseComplement()).isEqualTo(strand);
    assertThat(strand.part(2, 5).regions())
        .containsExactly(new Region("s", 0, 1, Direction.PLUS, "x", 1, 1));
    assertThat(strand.part(3, 5).regions()).isEmpty();
    assertThatThrownBy(() -> new Strand("s", Bases.of("AC"), null, List.of(region)))
        .hasMessageContaining("in 2 bases");
  }
}
