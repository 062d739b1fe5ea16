package dev.unroll.cli.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrialGridTest {
  @Test
  void allCombinationsAreTriedOnce() {
    TrialGrid grid = new TrialGrid("1-2,7", 2, List.of("hidden=10,20", "cell=lstm,gru,rnn"));
    List<Trial> trials = grid.trials();
    assertThat(trials).hasSize(3 * 2 * 2 * 3).doesNotHaveDuplicates();
    assertThat(trials.stream().map(Trial::seed).distinct()).containsExactly(1L, 2L, 7L);
    assertThat(trials.stream().map(Trial::fold).distinct()).containsExactly(1, 2);
    assertThat(grid.settings()).hasSize(6).contains(Map.of("hidden", "20", "cell", "rnn"));
    assertThat(trials.stream().map(Trial::fileName).collect(Collectors.toSet()))
        .hasSize(trials.size());
  }

  @Test
  void everySettingHasItsFirstSeedBeforeAnyHasItsSecond() {
    List<Trial> trials = new TrialGrid("1-2", 0, List.of("hidden=10,20")).trials();
    assertThat(trials.stream().map(Trial::name))
        .containsExactly(
            "hidden=10, seed 1", "hidden=20, seed 1", "hidden=10, seed 2", "hidden=20, seed 2");
  }

  @Test
  void aTrialIsToldAsTrainIsToldIt() {
    Trial trial = new TrialGrid("3", 5, List.of("hidden=10")).trials().get(1);
    assertThat(trial.arguments())
        .containsExactly("--set", "hidden=10", "--seed", "3", "--folds", "5", "--fold", "2");
    assertThat(trial.fileName()).isEqualTo("hidden-10_seed-3_fold-2-of-5");
  }

  @Test
  void namesOfFilesAreSafeAndDiffer() {
    List<Trial> trials = new TrialGrid("1", 0, List.of("tags=../a,..+a,..:a,ä, a b,a-b")).trials();
    assertThat(trials.stream().map(Trial::fileName)).doesNotHaveDuplicates();
    assertThat(trials.stream().map(Trial::fileName))
        .allSatisfy(name -> assertThat(name).matches("[A-Za-z0-9._+-]+"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1-", "-1", "1,,2", "5-1", "1,1", "1-3,2", "1-99999999999"})
  void seedsThatAreNoneAreRefused(String seeds) {
    assertThatThrownBy(() -> new TrialGrid(seeds, 0, List.of())).isInstanceOf(UserError.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"hidden", "=5", "hidden=", "hidden=1,,2", "a=1,1", "seed=1"})
  void settingsThatAreNoneAreRefused(String setting) {
    assertThatThrownBy(() -> new TrialGrid("1", 0, List.of(setting)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--set");
  }

  @Test
  void aSettingGivenTwiceAndTooManyTrialsAreRefused() {
    assertThatThrownBy(() -> new TrialGrid("1", 0, List.of("a=1", "a=2")))
        .hasMessageContaining("--set a is given twice");
    assertThatThrownBy(() -> new TrialGrid("1-2000", 10, List.of()))
        .hasMessageContaining("20,000 trials");
  }
}
