package io.clicktrail.engine.explain;

/**
 * A change of tuning that turns the answer.
 *
 * @param element the change as a line of a tuning document
 * @param effect what it does, a short sentence without a full stop
 * @param verified whether the logs were judged again with it and gave that
 */
public record TuningChange(String element, String effect, boolean verified) {}
