package dev.unroll.server;

import dev.unroll.data.UserError;
import dev.unroll.serving.Input;
import dev.unroll.serving.Parameter;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task whose models are files of one line, which they add to each answer. Its verbs tell a test
 * what was done with them, and wait where a test wants them to. A model whose line begins with
 * "quiet" does not write.
 */
final class EchoTask implements TaskService {
  /** How many items were answered together, each time. */
  final Queue<Integer> batches = new ConcurrentLinkedQueue<>();

  /** What {@code wait} takes one of for each batch. */
  final Semaphore gate = new Semaphore(0);

  /** Batches of {@code wait} that have begun. */
  final AtomicInteger begun = new AtomicInteger();

  /** The thread that answered {@code shout} or {@code wait} last. */
  volatile String thread = "";

  /** Pieces that were written. */
  final AtomicInteger pieces = new AtomicInteger();

  @Override
  public String task() {
    return "echo";
  }

  @Override
  public String summary() {
    return "A line of text.";
  }

  @Override
  public String mainClass() {
    return "none";
  }

  @Override
  public ServedModel load(Path file) {
    String line;
    try {
      line = Files.readString(file).strip();
    } catch (IOException e) {
      throw UserError.data(file, "cannot be read");
    }
    if (line.startsWith("broken")) {
      throw UserError.data(file, "damaged: it is broken");
    }
    List<Verb<?>> verbs =
        List.of(
            Verb.answering(
                "shout",
                "Say it louder.",
                Input.text(),
                List.of(Parameter.integer("times", 1, 1, 5, "How often.")),
                "hello",
                (texts, a) -> shout(line, texts, a.integer("times"))),
            Verb.answering("wait", "Answer late.", Input.text(), List.of(), "", this::answerLate),
            Verb.listing(
                "split",
                "Answer each word.",
                Input.text(),
                List.of(),
                "two words",
                String.class,
                (texts, a) -> texts.stream().map(text -> List.of(text.split(" "))).toList()),
            Verb.answering(
                "fail",
                "Fail.",
                Input.text(),
                List.of(),
                "",
                (texts, a) -> {
                  if (!texts.get(0).isEmpty()) {
                    throw new IllegalStateException("on purpose");
                  }
                  return texts;
                }),
            Verb.writing(
                "write",
                "Write.",
                Input.string("prime", "primes"),
                List.of(
                    Parameter.integer("length", 3, 0, 1_000_000, "Pieces."),
                    Parameter.integer("pause", 0, 0, 1000, "Milliseconds between."),
                    Parameter.integer("size", 1, 1, 1_000_000, "Characters of a piece.")),
                "",
                (prime, a, piece) -> {
                  StringBuilder text = new StringBuilder(prime);
                  String written = "x".repeat(a.integer("size"));
                  for (int i = 0; i < a.integer("length"); i++) {
                    sleep(a.integer("pause"));
                    pieces.incrementAndGet();
                    text.append(written);
                    piece.accept(Map.of("text", written));
                  }
                  return Map.of("text", text.toString());
                }));
    return new ServedModel(
        line.startsWith("quiet") ? verbs.subList(0, verbs.size() - 1) : verbs,
        Map.of("line", line));
  }

  private List<Map<String, Object>> shout(String line, List<String> texts, int times) {
    batches.add(texts.size());
    thread = Thread.currentThread().getName();
    if (line.startsWith("failing")) {
      throw new IllegalStateException("this model cannot answer");
    }
    return texts.stream()
        .map(
            text -> {
              if (text.equals("bad")) {
                throw UserError.usage("a text must not be bad");
              }
              Map<String, Object> answer = new LinkedHashMap<>();
              answer.put("text", text);
              answer.put("loud", text.toUpperCase(java.util.Locale.ROOT).repeat(times));
              answer.put("length", text.length());
              answer.put("line", line);
              return answer;
            })
        .toList();
  }

  private List<String> answerLate(List<String> texts, Object arguments) {
    if (!texts.equals(List.of(""))) { // which it is tried with
      batches.add(texts.size());
      thread = Thread.currentThread().getName();
      begun.incrementAndGet();
      gate.acquireUninterruptibly();
    }
    return texts;
  }

  private static void sleep(int milliseconds) {
    if (milliseconds == 0) {
      return; // sleep(0) gives the processor to others, on a busy machine for long
    }
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Tab tab() {
    return new Tab("Echo", 1, EchoTask.class, "echo.js");
  }
}
