package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ConversationTest {
  private final List<String> printed = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private int flushedAt;

  private List<String> answer(List<Integer> items) {
    batches.add(items.size());
    return items.stream().map(item -> "<" + item + ">").toList();
  }

  private void run(Iterator<Integer> items, int most) {
    Conversation.run(items, most, this::answer, printed::add, () -> flushedAt = printed.size());
  }

  @Test
  void answersComeInOrderInBatchesNoLargerThanAllowed() {
    run(IntStream.range(0, 1000).iterator(), 7);
    assertThat(printed)
        .isEqualTo(IntStream.range(0, 1000).mapToObj(item -> "<" + item + ">").toList());
    assertThat(batches).allMatch(size -> size >= 1 && size <= 7);
    assertThat(flushedAt).isEqualTo(1000);
  }

  @Test
  void noItemsNoAnswers() {
    run(List.<Integer>of().iterator(), 8);
    assertThat(printed).isEmpty();
    assertThat(batches).isEmpty();
  }

  /** The other end asks, waits for the answer to be flushed, and only then asks again. */
  @Test
  void anItemIsAnsweredBeforeTheNextOneArrives() {
    SynchronousQueue<String> answers = new SynchronousQueue<>();
    List<String> buffer = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    Iterator<Integer> asking =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            if (next > 0) {
              heard.add(await(answers));
            }
            return next < 3;
          }

          @Override
          public Integer next() {
            return next++;
          }
        };
    Conversation.run(
        asking,
        64,
        this::answer,
        buffer::add,
        () -> {
          while (!buffer.isEmpty()) {
            put(answers, buffer.remove(0));
          }
        });
    assertThat(heard).containsExactly("<0>", "<1>", "<2>");
  }

  /** The same on a stream, which must not be read further than to the end of a line. */
  @Test
  void aLineIsAnsweredBeforeTheNextOneIsWritten() throws Exception {
    SynchronousQueue<String> answers = new SynchronousQueue<>();
    PipedOutputStream questions = new PipedOutputStream();
    TextSource source = TextSource.of("pipe", new PipedInputStream(questions));
    Thread conversation = new Thread(() -> answerLines(source, answers));
    conversation.start();
    for (String line : List.of("first", "", "third")) {
      questions.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      questions.flush();
      assertThat(await(answers)).isEqualTo("<" + line + ">");
    }
    questions.close();
    conversation.join();
  }

  private static void answerLines(TextSource source, SynchronousQueue<String> answers) {
    try (LineReader lines = source.open()) {
      Conversation.run(
          Conversation.items(lines::next),
          64,
          some -> some.stream().map(line -> "<" + line + ">").toList(),
          answer -> put(answers, answer),
          () -> {});
    }
  }

  @Test
  void aBadItemIsReportedAfterTheAnswersBeforeIt() {
    Iterator<Integer> items =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Integer next() {
            if (next == 3) {
              throw UserError.data("standard input", 4, "not UTF-8");
            }
            return next++;
          }
        };
    assertThatThrownBy(() -> run(items, 2)).hasMessage("standard input:4: not UTF-8");
    assertThat(printed).containsExactly("<0>", "<1>", "<2>");
    assertThat(flushedAt).isEqualTo(3);
  }

  @Test
  void aFailureToAnswerEndsItAndTheReaderToo() {
    assertThatThrownBy(
            () ->
                Conversation.run(
                    IntStream.iterate(0, i -> i + 1).iterator(),
                    2,
                    this::fail,
                    printed::add,
                    () -> {}))
        .hasMessage("no model for 0");
    assertThatThrownBy(
            () -> Conversation.run(List.of(1).iterator(), 1, i -> List.of(), i -> {}, () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> fail(List<Integer> items) {
    throw new NoSuchElementException("no model for " + items.get(0));
  }

  private static String await(SynchronousQueue<String> queue) {
    try {
      return queue.poll(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(SynchronousQueue<String> queue, String answer) {
    try {
      if (!queue.offer(answer, 10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody listens");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
