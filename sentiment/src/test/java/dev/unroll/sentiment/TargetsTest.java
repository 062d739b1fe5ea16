package dev.unroll.sentiment;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Program;
import dev.unroll.testing.TargetContract;

class TargetsTest extends TargetContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Sentiment(), out, err, args);
  }

  @Override
  protected String text() {
    return "good\ta lovely film\nbad\ta dull film\ngood\tlovely\nbad\tdull and slow\n";
  }
}
