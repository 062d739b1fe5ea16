package dev.unroll.training;

import dev.unroll.data.Outcome;

/**
 * What a training gives.
 *
 * @param model with the parameters of the best epoch
 * @param outcome how the training went
 * @param <M> the model of the task
 */
public record Trained<M extends TrainedModel>(M model, Outcome outcome) {}
