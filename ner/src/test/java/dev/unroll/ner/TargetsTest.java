package dev.unroll.ner;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Program;
import dev.unroll.testing.TargetContract;
import java.util.ArrayList;
import java.util.List;

class TargetsTest extends TargetContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Ner(), out, err, args);
  }

  @Override
  protected String text() {
    return "Ada B-PER\nslept O\n\nOslo B-LOC\nslept O\n\nIt O\nrained O\n";
  }

  @Override
  protected List<String> inputs() {
    List<String> inputs = new ArrayList<>(super.inputs());
    inputs.addAll(List.of("--language-model", "--begin-with"));
    return inputs;
  }
}
