package io.clicktrail.normalizer.heartbeat;

/**
 * Which heartbeats and canaries in raw logs are believed. Each goes to every partition and moves its time, and whoever
 * writes a log line could write one.
 */
@FunctionalInterface
public interface HeartbeatTrust {

    /** All, where a replay on a stack of its own writes them. */
    HeartbeatTrust ALL = (value, deliveredMillis) -> true;

    /** None, where no secret is set. */
    HeartbeatTrust NONE = (value, deliveredMillis) -> false;

    /**
     * Whether the heartbeats of a raw record are believed.
     *
     * @param value the whole record
     * @param deliveredMillis when it was delivered, ms since 1970
     */
    boolean trusts(byte[] value, long deliveredMillis);
}
