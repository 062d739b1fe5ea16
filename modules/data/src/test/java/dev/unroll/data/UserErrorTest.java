package dev.unroll.data;

import static dev.unroll.data.UserError.setting;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserErrorTest {
  @Test
  void callersOfALibraryReadTheNamesOfSettingsAsTheyAre() {
    UserError error = UserError.usage(setting("top-k") + " must be 0 or above, got -1");
    assertThat(error).hasMessage("top-k must be 0 or above, got -1");
    assertThat(error.toString()).endsWith("UserError: top-k must be 0 or above, got -1");
  }

  @Test
  void whoKnowsThemByOtherNamesPutsThoseIn() {
    UserError error =
        UserError.data("a.txt", 3, "raise " + setting("min-count") + "; $1 and --x stay");
    assertThat(error.message(name -> "--" + name))
        .isEqualTo("a.txt:3: raise --min-count; $1 and --x stay");
  }
}
