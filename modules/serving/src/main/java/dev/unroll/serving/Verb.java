package dev.unroll.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that a model does. Most verbs answer several items together, faster than one by one;
 * one that writes answers a single item, piece by piece.
 *
 * @param <I> what it answers
 */
public final class Verb<I> {
  /** Answers one item piece by piece. */
  @FunctionalInterface
  public interface Writing<I> {
    /**
     * Writes.
     *
     * @param piece receives each piece as soon as it is certain, as JSON is to show it; what it
     *     throws ends the writing, and is thrown on
     * @return the answer as a whole
     */
    Object write(I item, Arguments arguments, Consumer<Object> piece);
  }

  private final String name;
  private final String description;
  private final Input<I> input;
  private final List<Parameter> parameters;
  private final I example;
  private final boolean lines;
  private final BiFunction<List<I>, Arguments, List<? extends List<?>>> answering;
  private final Writing<I> writing;
  private final Class<?> answerType;

  private Verb(
      String name,
      String description,
      Input<I> input,
      List<Parameter> parameters,
      I example,
      boolean lines,
      BiFunction<List<I>, Arguments, List<? extends List<?>>> answering,
      Writing<I> writing,
      Class<?> answerType) {
    this.name = name;
    this.description = description;
    this.input = input;
    this.parameters = List.copyOf(parameters);
    this.example = example;
    this.lines = lines;
    this.answering = answering;
    this.writing = writing;
    this.answerType = answerType;
  }

  /**
   * A verb with one answer an item.
   *
   * @param name as on the command line
   * @param description a sentence
   * @param example an item that any model of the task can answer; a model that was loaded is tried
   *     with it
   * @param answer an answer to each item, in their order
   */
  public static <I> Verb<I> answering(
      String name,
      String description,
      Input<I> input,
      List<Parameter> parameters,
      I example,
      BiFunction<List<I>, Arguments, ? extends List<?>> answer) {
    return new Verb<>(
        name,
        description,
        input,
        parameters,
        example,
        false,
        (items, arguments) -> answer.apply(items, arguments).stream().map(List::of).toList(),
        null,
        null);
  }

  /**
   * A verb with any number of answers an item, such as the neighbours of a word.
   *
   * @param answerType of every answer, as the example may have none
   * @param answer the answers to each item, in their order
   */
  public static <I> Verb<I> listing(
      String name,
      String description,
      Input<I> input,
      List<Parameter> parameters,
      I example,
      Class<?> answerType,
      BiFunction<List<I>, Arguments, List<? extends List<?>>> answer) {
    return new Verb<>(
        name, description, input, parameters, example, true, answer, null, answerType);
  }

  /**
   * A verb whose item holds any number of what is answered, such as a table that holds recordings.
   * Those of all items are answered together.
   *
   * @param example an item that holds at least one
   * @param reader what an item holds
   * @param answer an answer to each of what several items hold, in their order
   */
  public static <I, E> Verb<I> reading(
      String name,
      String description,
      Input<I> input,
      List<Parameter> parameters,
      I example,
      Function<I, List<E>> reader,
      BiFunction<List<E>, Arguments, ? extends List<?>> answer) {
    return new Verb<>(
        name,
        description,
        input,
        parameters,
        example,
        true,
        (items, arguments) -> {
          List<List<E>> read = items.stream().map(reader).toList();
          List<?> all = answer.apply(read.stream().flatMap(List::stream).toList(), arguments);
          List<List<?>> answers = new ArrayList<>();
          int done = 0;
          for (List<E> one : read) {
            answers.add(all.subList(done, done + one.size()));
            done += one.size();
          }
          return answers;
        },
        null,
        null);
  }

  /** A verb that answers one item piece by piece. */
  public static <I> Verb<I> writing(
      String name,
      String description,
      Input<I> input,
      List<Parameter> parameters,
      I example,
      Writing<I> writing) {
    return new Verb<>(name, description, input, parameters, example, false, null, writing, null);
  }

  /** As on the command line. */
  public String name() {
    return name;
  }

  /** A sentence about it. */
  public String description() {
    return description;
  }

  /** What it reads. */
  public Input<I> input() {
    return input;
  }

  /** What it can be told besides. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** An item that it can answer. */
  public I example() {
    return example;
  }

  /** Whether an item may have any number of answers. */
  public boolean lists() {
    return lines;
  }

  /** What every answer is; empty where the answers to the example tell. */
  public Optional<Class<?>> answerType() {
    return Optional.ofNullable(answerType);
  }

  /** Whether it answers piece by piece. */
  public boolean writes() {
    return writing != null;
  }

  /**
   * The answers to each item, in their order; exactly one each, unless it {@link #lists}. A verb
   * that writes writes one after the other.
   *
   * @throws dev.unroll.data.UserError if one of them cannot be answered
   */
  public List<? extends List<?>> answer(List<I> items, Arguments arguments) {
    return writes()
        ? items.stream().map(item -> List.of(write(item, arguments, piece -> {}))).toList()
        : answering.apply(items, arguments);
  }

  /**
   * Writes the answer to one item; only for a verb that {@link #writes}.
   *
   * @param piece as {@link Writing#write} has it
   * @return the answer as a whole
   * @throws dev.unroll.data.UserError if it cannot be answered
   */
  public Object write(I item, Arguments arguments, Consumer<Object> piece) {
    return writing.write(item, arguments, piece);
  }
}
