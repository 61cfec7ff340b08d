package io.clicktrail.correlator.chain;

/**
 * The start of a process: who started whom. Identities are the sensors' own, so a process id that is used again links
 * nothing.
 *
 * @param process fingerprint of the started process
 * @param parent fingerprint of the process that started it, or in whose name it acts
 * @param time of the start, microseconds since 1970
 * @param arrived stream time at its arrival, milliseconds since 1970
 */
record ProcessStart(long process, long parent, long time, long arrived) {

    ProcessStart arrivedAt(long streamTime) {
        return new ProcessStart(process, parent, time, streamTime);
    }

    boolean sameStart(ProcessStart other) {
        return process == other.process && parent == other.parent && time == other.time;
    }
}
