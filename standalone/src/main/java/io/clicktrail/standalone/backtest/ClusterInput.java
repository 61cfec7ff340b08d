package io.clicktrail.standalone.backtest;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.FirstSeen;
import io.clicktrail.engine.Engine;
import io.clicktrail.event.Platform;
import io.clicktrail.identity.Lease;
import io.clicktrail.intel.Indicator;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.terminal.Progress;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.tuning.Tuning;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events that an installation has written in a span of time, with its tables as they are now: indicators, first
 * sights, histories and leases that were deleted or overwritten since are not known. Reads only, and is part of no
 * group.
 */
public final class ClusterInput implements BacktestInput {

    private final Map<String, Object> clients;
    private final Topics topics;
    private final Instant from;
    private final Instant to;
    private final Terminal terminal;
    private final Map<Platform, Tuning> tunings = new EnumMap<>(Platform.class);
    private final Collection<Indicator> indicators;
    private final Collection<FirstSeen> domains;
    private final Collection<Lease> leases;
    private final Collection<DomainHistory> histories;

    /**
     * Reads the tables.
     *
     * @param clients how to reach the brokers
     * @param from first delivery
     * @param to end, exclusive
     */
    public ClusterInput(Map<String, Object> clients, Topics topics, Instant from, Instant to, Terminal terminal) {
        this.clients = Map.copyOf(clients);
        this.topics = topics;
        this.from = from;
        this.to = to;
        this.terminal = terminal;
        BuiltInTuning.PLATFORMS.forEach(platform -> tunings.put(platform, BuiltInTuning.of(platform)));
        table(topics.tuning()).forEach(document -> tunings.put(document.getPlatform(), document));
        indicators = table(topics.intel());
        domains = table(topics.domains());
        leases = table(topics.identities());
        histories = table(topics.domainsHistory());
    }

    @Override
    public Map<Platform, Tuning> inForce() {
        return Map.copyOf(tunings);
    }

    @Override
    public void load(Engine engine) {
        indicators.forEach(engine::indicate);
        domains.forEach(engine::known);
        leases.forEach(engine::lease);
        histories.forEach(engine::knows);
    }

    @Override
    public void play(List<Engine> engines, String what) {
        try (var events = new MergedPartitions<>(clients, topics.events(), from, to);
                Progress progress = terminal.progress(what, events.total(), Progress.Unit.RECORDS)) {
            for (var record = events.next(); record != null; record = events.next()) {
                if (record.key() != null && record.value() != null) {
                    for (Engine engine : engines) {
                        engine.deliver(record.key(), record.value(), record.timestamp());
                    }
                }
                progress.at(events.position());
            }
        }
    }

    /** The entries of a compacted topic. */
    private <V> Collection<V> table(Topic<String, V> topic) {
        var entries = new LinkedHashMap<String, V>();
        TopicReader.readAll(clients, topic, record -> {
            if (record.value() == null) {
                entries.remove(record.key());
            } else {
                entries.put(record.key(), record.value());
            }
        });
        return List.copyOf(entries.values());
    }
}
