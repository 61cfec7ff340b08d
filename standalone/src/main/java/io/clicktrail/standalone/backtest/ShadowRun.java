package io.clicktrail.standalone.backtest;

import io.clicktrail.alert.Alert;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.event.Event;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.live.CaseWatch;
import io.clicktrail.standalone.replay.OpenCases;
import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A tuning on trial: judges the events of a running installation beside the services, without a change of what they do.
 * Its cases go to {@code alerts.shadow}, and are compared by id with those of the services. Events from before the
 * start only fill the windows. State is in memory; a new run begins with its own warm-up.
 */
public final class ShadowRun implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Engine engine;
    private final MergedPartitions<String, Event> events;
    private final CaseWatch live;
    private final TableWriter<Alert> writer;
    private final long start;
    private final Map<String, Alert> shadow = new HashMap<>();
    private long judged;
    private long last;

    /**
     * @param clients how to reach the brokers
     * @param input the tables of the installation
     * @param documents the tuning on trial
     * @param start from then on cases count
     * @param warmUp span of events before it that fill the windows
     */
    public ShadowRun(
            Map<String, Object> clients,
            Topics topics,
            EngineSettings settings,
            BacktestInput input,
            Map<Platform, Tuning> documents,
            Instant start,
            Duration warmUp) {
        this.start = start.toEpochMilli();
        live = new CaseWatch(clients, topics.alerts());
        writer = new TableWriter<>(topics.alertsShadow(), clients);
        events = new MergedPartitions<>(clients, topics.events(), start.minus(warmUp), start);
        engine = new Engine(settings);
        input.load(engine);
        documents.values().forEach(engine::tune);
        engine.listen(engine.topics().alerts(), record -> take(record.value()));
    }

    /** Judges what was written since the last call, and reads the services' cases. */
    public void step() {
        events.extend();
        for (var record = events.next(); record != null; record = events.next()) {
            if (record.key() != null && record.value() != null) {
                last = record.timestamp();
                engine.deliver(record.key(), record.value(), record.timestamp());
                judged++;
            }
        }
        live.await(cases -> false, POLL);
    }

    /** The comparison so far. */
    public Tally tally() {
        Set<String> ours = ids(OpenCases.of(List.copyOf(shadow.values())));
        Set<String> theirs = ids(OpenCases.of(live.cases()));
        return new Tally(judged, intersection(ours, theirs), difference(ours, theirs), difference(theirs, ours));
    }

    /** The case of the tuning on trial. */
    public Alert shadow(String id) {
        Alert alert = shadow.get(id);
        if (alert == null) {
            throw new IllegalArgumentException("no case " + id);
        }
        return alert;
    }

    @Override
    public void close() {
        engine.close();
        events.close();
        live.close();
        writer.close();
    }

    private void take(Alert alert) {
        if (last >= start) {
            shadow.put(alert.getAlertId(), alert);
            writer.put(alert.getAlertId(), alert);
        }
    }

    private static Set<String> ids(List<Alert> cases) {
        return cases.stream().map(Alert::getAlertId).collect(Collectors.toSet());
    }

    private static Set<String> intersection(Set<String> some, Set<String> others) {
        var both = new TreeSet<>(some);
        both.retainAll(others);
        return both;
    }

    private static Set<String> difference(Set<String> some, Set<String> others) {
        var only = new TreeSet<>(some);
        only.removeAll(others);
        return only;
    }

    /**
     * Cases by who has them.
     *
     * @param events number of events that were judged
     * @param both ids of cases of both
     * @param onlyShadow ids of cases of the tuning on trial alone
     * @param onlyLive ids of cases of the services alone
     */
    public record Tally(long events, Set<String> both, Set<String> onlyShadow, Set<String> onlyLive) {

        public Tally {
            both = Set.copyOf(both);
            onlyShadow = Set.copyOf(onlyShadow);
            onlyLive = Set.copyOf(onlyLive);
        }
    }
}
