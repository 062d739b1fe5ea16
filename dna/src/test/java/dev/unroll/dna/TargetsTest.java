package dev.unroll.dna;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Program;
import dev.unroll.testing.TargetContract;
import java.util.List;

class TargetsTest extends TargetContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Dna(), out, err, args);
  }

  @Override
  protected String text() {
    return "one\tACGTACGT\none\tACGTAC\nother\tTTGACA\nother\tTTTAAA\n";
  }

  @Override
  protected List<String> inputs() {
    return List.of("--dev", "--test", "--config", "--regions", "--groups");
  }
}
