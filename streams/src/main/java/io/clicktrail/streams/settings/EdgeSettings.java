package io.clicktrail.streams.settings;

import static io.clicktrail.streams.settings.Setting.require;

import io.clicktrail.schemas.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Name, brokers and topics of a service.
 *
 * @param service name of the service; its dead letters are on {@code <prefix>.<service>.dlq}
 * @param bootstrapServers brokers as host:port, at least one
 * @param topicPrefix first part of every topic name
 * @param rawTopics names below the prefix of the topics that collectors write to, at least one
 */
@ConfigurationProperties("clicktrail")
public record EdgeSettings(
        String service,
        @DefaultValue("localhost:9092") List<String> bootstrapServers,
        @DefaultValue(Topics.DEFAULT_PREFIX) String topicPrefix,
        @DefaultValue("raw.logs") List<String> rawTopics) {

    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})");

    public EdgeSettings {
        require(
                service != null && SERVICE.matcher(service).matches(),
                "clicktrail.service",
                String.valueOf(service),
                "lower-case letters, digits and dashes");
        require(
                !bootstrapServers.isEmpty(),
                "clicktrail.bootstrap-servers",
                bootstrapServers,
                "at least one host:port");
        bootstrapServers.forEach(server ->
                require(SERVER.matcher(server).matches(), "clicktrail.bootstrap-servers", server, "host:port"));
        require(TOPIC.matcher(topicPrefix).matches(), "clicktrail.topic-prefix", topicPrefix, "a topic name");
        require(!rawTopics.isEmpty(), "clicktrail.raw-topics", rawTopics, "at least one name");
        rawTopics.forEach(
                name -> require(TOPIC.matcher(name).matches(), "clicktrail.raw-topics", name, "a topic name"));
        require(new HashSet<>(rawTopics).size() == rawTopics.size(), "clicktrail.raw-topics", rawTopics, "distinct");
        bootstrapServers = List.copyOf(bootstrapServers);
        rawTopics = List.copyOf(rawTopics);
    }

    public String bootstrap() {
        return String.join(",", bootstrapServers);
    }
}
