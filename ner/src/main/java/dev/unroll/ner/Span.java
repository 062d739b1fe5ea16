package dev.unroll.ner;

/**
 * A part of a text that names something: {@code text.substring(start, end)}.
 *
 * @param start index of its first UTF-16 code unit in the text
 * @param end index behind its last one
 * @param type such as {@code PER}
 * @param text the characters as they stand in the text
 * @param probability that exactly these words have exactly this type
 */
public record Span(int start, int end, String type, String text, double probability) {}
