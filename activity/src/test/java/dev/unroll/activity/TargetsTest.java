package dev.unroll.activity;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Program;
import dev.unroll.testing.TargetContract;
import java.util.List;

class TargetsTest extends TargetContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Activity(), out, err, args);
  }

  @Override
  protected String text() {
    return "label,x\nup,1\nup,2\ndown,2\ndown,1\n";
  }

  @Override
  protected List<String> inputs() {
    return List.of("--dev", "--test", "--config", "--subjects");
  }

  @Override
  protected List<String> small() {
    return List.of(
        "--config", "tiny", "--skeleton", "none", "--hidden", "4", "--dev-fraction", "0");
  }
}
