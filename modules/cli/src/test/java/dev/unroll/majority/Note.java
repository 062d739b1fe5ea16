package dev.unroll.majority;

/** A labelled text. */
record Note(String label, String text) {}
