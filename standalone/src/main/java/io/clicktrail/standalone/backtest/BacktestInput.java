package io.clicktrail.standalone.backtest;

import io.clicktrail.engine.Engine;
import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.util.List;
import java.util.Map;

/** What is judged, as often as needed, and what is known before it. */
public interface BacktestInput {

    /** The tuning that holds where no other is given, by platform. */
    Map<Platform, Tuning> inForce();

    /** Gives an engine what is known before the first record, without tuning. */
    void load(Engine engine);

    /**
     * Gives every record to each engine before the next one.
     *
     * @param what name of the step for progress
     */
    void play(List<Engine> engines, String what) throws Exception;
}
