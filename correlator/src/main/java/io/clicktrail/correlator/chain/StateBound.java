package io.clicktrail.correlator.chain;

/**
 * A limit on the state of one host. What goes beyond it is dropped and counted: repeats of the same first, then the
 * oldest.
 */
public enum StateBound {
    CLICKS(128),
    EGRESSES(256),
    WRITES(256),
    EXECUTIONS(256),
    SIGN_INS(16),
    STARTS(512),
    CHAINS(64),
    EPISODES(64),
    CHAIN_EVIDENCE(20);

    private final int max;

    StateBound(int max) {
        this.max = max;
    }

    /** How many the state holds at most. */
    public int max() {
        return max;
    }
}
