package io.clicktrail.engine.explain;

import io.clicktrail.engine.Engine;

/** Logs that can be played more than once, each time to a new engine. */
@FunctionalInterface
public interface Playback<E extends Exception> {

    /** Gives an engine the tables, but no tuning, and then the records; it does not finish the engine. */
    void play(Engine engine) throws E;
}
