package io.clicktrail.standalone.doctor;

/**
 * What a check found.
 *
 * @param check what was looked at
 * @param level how bad it is
 * @param what what was found
 * @param remedy what to do; empty where nothing is wrong
 */
public record CheckResult(Check check, Level level, String what, String remedy) {

    /** What is looked at, in order. */
    public enum Check {
        JDK,
        DISK,
        PORTS,
        BROKERS,
        TOPICS,
        TIMESTAMPS,
        ACCESS,
        SERVICES,
        REGISTRY,
        CLOCK,
        SENSORS
    }

    /** How bad a finding is: a FAULT loses or delays cases, or keeps something from running. */
    public enum Level {
        GOOD,
        WARNING,
        FAULT
    }

    static CheckResult good(Check check, String what) {
        return new CheckResult(check, Level.GOOD, what, "");
    }

    static CheckResult warning(Check check, String what, String remedy) {
        return new CheckResult(check, Level.WARNING, what, remedy);
    }

    static CheckResult fault(Check check, String what, String remedy) {
        return new CheckResult(check, Level.FAULT, what, remedy);
    }
}
