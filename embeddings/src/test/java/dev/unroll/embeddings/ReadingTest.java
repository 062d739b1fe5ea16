package dev.unroll.embeddings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.TextSource;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.text.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadingTest {
  private static SentenceReader reader(InputStream in) {
    return new SentenceReader(
        List.of(TextSource.of("pipe", in)), Tokenizer.named("whitespace"), false);
  }

  private static EmbeddingTrainer trainer() {
    return new EmbeddingTrainer(EmbeddingConfig.defaults());
  }

  /** As a training on standard input is, when nothing has been typed yet or no more comes. */
  @Test
  void aRequestToStopIsHeardWhileNothingArrives() throws Exception {
    for (String before : new String[] {"", "some words\nand half a line"}) {
      try (PipedOutputStream out = new PipedOutputStream();
          PipedInputStream in = new PipedInputStream(out)) {
        out.write(before.getBytes(UTF_8));
        out.flush();
        AtomicBoolean stop = new AtomicBoolean();
        Thread signal = new Thread(() -> sleepAndSet(stop));
        signal.start();
        long began = System.nanoTime();
        EmbeddingTrainer trainer = trainer().stopWhen(stop::get);
        assertThatThrownBy(() -> trainer.train(reader(in))).isInstanceOf(TrainingStopped.class);
        assertThat((System.nanoTime() - began) / 1e9).isLessThan(10);
        signal.join();
      }
    }
  }

  private static void sleepAndSet(AtomicBoolean stop) {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop.set(true);
  }

  @Test
  void whatIsWrongWithTheTextIsThrownWhereItIsWaitedFor() {
    InputStream bad = new ByteArrayInputStream(new byte[] {'a', '\n', (byte) 0xff});
    assertThatThrownBy(() -> trainer().train(reader(bad)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("pipe:2: not valid UTF-8");
    assertThatThrownBy(
            () ->
                Reading.whole(
                    () -> {
                      throw new OutOfMemoryError("a large word");
                    },
                    () -> false))
        .isInstanceOf(OutOfMemoryError.class);
  }
}
