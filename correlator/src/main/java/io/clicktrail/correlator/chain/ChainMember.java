package io.clicktrail.correlator.chain;

import io.clicktrail.detection.Stage;

/**
 * One piece of evidence at its place in a chain.
 *
 * @param time of the event, microseconds since 1970
 */
public record ChainMember(Stage stage, EventId id, long time) implements Comparable<ChainMember> {

    /** Order of time, then of event id, then of the stages. */
    @Override
    public int compareTo(ChainMember other) {
        int order = Long.compare(time, other.time);
        order = order != 0 ? order : id.compareTo(other.id);
        return order != 0 ? order : stage.compareTo(other.stage);
    }

    /** 64 bits that distinguish this member from the others of its chain. */
    long digest() {
        return digest(stage, id);
    }

    static long digest(Stage stage, EventId id) {
        return id.high() ^ Long.rotateLeft(id.low(), 1 + stage.ordinal());
    }
}
