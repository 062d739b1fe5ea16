package dev.unroll.benchmarks;

import dev.unroll.embeddings.EmbeddingModel;
import dev.unroll.embeddings.Neighbour;
import dev.unroll.text.WordVectorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The ten words nearest to one, exactly, among vectors of random numbers in a binary file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class NearestBenchmark {
  @Param("400000")
  int words;

  @Param("300")
  int dimensions;

  private Path file;
  private EmbeddingModel model;
  private int next;

  /** Writes the file and opens it. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    file = Files.createTempFile("unroll-nearest", ".bin");
    SplittableRandom random = new SplittableRandom(1);
    float[] vector = new float[dimensions];
    try (WordVectorsWriter writer =
        WordVectorsWriter.open(file, WordVectorsWriter.Format.BINARY, words, dimensions)) {
      for (int i = 0; i < words; i++) {
        for (int d = 0; d < dimensions; d++) {
          vector[d] = (float) (random.nextDouble() - 0.5);
        }
        writer.write("word" + i, vector, 0);
      }
    }
    long began = System.nanoTime();
    model = EmbeddingModel.load(file);
    System.out.printf("opened in %.2f s%n", (System.nanoTime() - began) / 1e9);
  }

  /** Each time another word. */
  @Benchmark
  public List<Neighbour> nearest() {
    next = (next + 7_919) % words;
    return model.nearest("word" + next, 10);
  }

  /** Deletes the file. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
