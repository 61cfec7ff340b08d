package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.stack.Service;
import java.time.Duration;

/** Something that breaks. Each mends by itself after the time that it names. */
sealed interface Fault {

    /** {@code kill -9} of a service, and a new start after a while. */
    record KillService(Service service, Duration down) implements Fault {}

    /** A service comes back without its state folder. */
    record LoseVolume(Service service, Duration down) implements Fault {}

    /**
     * No byte fits on the volume of a service's state.
     *
     * @param restarted whether the service is killed then and has to start without space
     */
    record FillDisk(Service service, boolean restarted, Duration lasts) implements Fault {}

    /** The wall clock of a service leaps, and leaps back. */
    record StepClock(Service service, Duration by, Duration lasts) implements Fault {}

    /**
     * A service of the previous build is stopped and started as this one, put back, and again started as this one; a
     * clean restart where there is no other build.
     */
    record Upgrade(Service service, Duration each) implements Fault {}

    /** A second instance comes up, copies the state as a standby, and takes over when the first is killed. */
    record TakeOver(Service service, Duration together) implements Fault {}

    /** A service loses its connections to all brokers and gets no new ones. */
    record CutBrokers(Service service, Duration lasts) implements Fault {}

    /** What a service and all brokers send each other does not arrive. */
    record StallBrokers(Service service, Duration lasts) implements Fault {}

    /** A service loses its connections to one broker, which the others still reach. */
    record CutBroker(Service service, int broker, Duration lasts) implements Fault {}

    /** A service does not reach the registry. */
    record CutRegistry(Service service, Duration lasts) implements Fault {}

    /** All answers of the registry to a service are late. */
    record SlowRegistry(Service service, Duration delay, Duration lasts) implements Fault {}

    /** {@code kill -9} of a broker, and a new start after a while. */
    record KillBroker(int broker, Duration down) implements Fault {}

    /** Clean stop of a broker, and a new start. */
    record RestartBroker(int broker) implements Fault {}

    /** A record that nobody should have written. */
    record Poisoned(Poison poison) implements Fault {}
}
