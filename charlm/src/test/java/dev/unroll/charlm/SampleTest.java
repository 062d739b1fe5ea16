package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.cli.Presets;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What comes with the program can be used as it is. */
class SampleTest {
  @Test
  void theSampleIsPlainEnglish() {
    String text = Texts.strings(Sample.train(Ending.DOCUMENT)).get(0);
    assertThat(text.length()).isGreaterThan(10_000);
    assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 127));
    assertThat(Sample.train(Ending.LINE).examples().get(0).texts()).isGreaterThan(100);
  }

  @Test
  void presetsAreConfigurations() throws Exception {
    for (String name : new Presets(CharLm.class).names()) {
      Properties preset = new Properties();
      try (var in = CharLm.class.getResourceAsStream("presets/" + name + ".properties")) {
        preset.load(in);
      }
      java.util.Map<String, String> overrides = new java.util.HashMap<>();
      preset.forEach((key, value) -> overrides.put((String) key, (String) value));
      assertThat(CharLmConfig.with(overrides).toProperties())
          .containsAllEntriesOf(
              overrides.entrySet().stream()
                  .filter(entry -> !entry.getValue().contains("."))
                  .collect(
                      java.util.stream.Collectors.toMap(
                          java.util.Map.Entry::getKey, java.util.Map.Entry::getValue)));
    }
  }
}
