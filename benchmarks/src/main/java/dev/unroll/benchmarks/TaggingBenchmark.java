package dev.unroll.benchmarks;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.ner.NerModel;
import dev.unroll.ner.Tagging;
import dev.unroll.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Names in a text, one line after the other, or all lines at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class TaggingBenchmark {
  /** A model that {@code ner train} wrote. */
  @Param("")
  public String model;

  /** A file of sentences, one a line, with a space between two words. */
  @Param("")
  public String text;

  /** All lines in one call, or one line a call. */
  @Param({"bulk", "one"})
  public String work;

  private NerModel tagger;
  private List<String> lines;
  private int next;

  /** Reads both. */
  @Setup
  public void prepare() {
    tagger = NerModel.load(Path.of(model));
    lines = read(text);
  }

  private static List<String> read(String file) {
    List<String> read = new ArrayList<>();
    try (LineReader in = TextSource.of(Path.of(file)).open()) {
      for (String line = in.next(); line != null; line = in.next()) {
        read.add(line);
      }
    }
    return read;
  }

  /** The words of a file, as the model is given them. */
  static long words(String file) {
    return read(file).stream()
        .mapToLong(line -> Tokenizer.whitespace().tokenize(line).size())
        .sum();
  }

  /** The work, once. */
  @Benchmark
  public List<Tagging> run() {
    List<String> some = work.equals("bulk") ? lines : List.of(lines.get(next++ % lines.size()));
    return tagger.tag(some, Tokenizer.whitespace());
  }
}
