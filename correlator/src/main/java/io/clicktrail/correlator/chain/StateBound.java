package io.clicktrail.correlator.chain;

/** A limit on what is remembered of one host. What goes beyond it is dropped and counted: repeats of
 * the same first, then the oldest. */
public enum StateBound {
    CLICKS(128),
    EGRESSES(256),
    WRITES(256),
    EXECUTIONS(256),
    STARTS(512),
    CASES(64),
    EPISODES(64),
    CASE_EVIDENCE(20);

    private final int most;

    StateBound(int most) {
        this.most = most;
    }

    /** How many are kept. */
    public int most() {
        return most;
    }
}
