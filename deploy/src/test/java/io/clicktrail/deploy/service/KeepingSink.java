package io.clicktrail.deploy.service;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Stands in for a vendor's connector: keeps the records and the settings that Kafka Connect gives it. */
public final class KeepingSink extends SinkConnector {

    /** What the tasks were given, in order. */
    static final Queue<SinkRecord> RECORDS = new ConcurrentLinkedQueue<>();

    /** Settings of the tasks. */
    static final Queue<Map<String, String>> SETTINGS = new ConcurrentLinkedQueue<>();

    private Map<String, String> settings = Map.of();

    @Override
    public void start(Map<String, String> given) {
        settings = Map.copyOf(given);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return KeepingTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
        return List.of(settings);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public String version() {
        return "1";
    }

    /** Keeps. */
    public static final class KeepingTask extends SinkTask {

        @Override
        public void start(Map<String, String> given) {
            SETTINGS.add(Map.copyOf(given));
        }

        @Override
        public void put(Collection<SinkRecord> records) {
            RECORDS.addAll(records);
        }

        @Override
        public void stop() {}

        @Override
        public String version() {
            return "1";
        }
    }
}
