package io.clicktrail.streams;

import io.clicktrail.streams.topics.TopicPlan;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refuses unknown keys directly below {@code clicktrail} in configuration files and on the command line. The sections
 * of registry, streams and services check their own keys. Environment variables and system properties are not checked,
 * as they may be for other programs.
 */
final class UnknownSettings {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("clicktrail");
    private static final Set<String> EDGE = Set.of(
            "service",
            "bootstrapservers",
            "topicprefix",
            "rawtopics",
            "serializer",
            "deserializer",
            "registry",
            "streams",
            "topics",
            "tracing",
            "canary",
            "colocation",
            "console");

    private UnknownSettings() {}

    static void refuse(ConfigurableEnvironment environment) {
        var unknown = new TreeSet<String>();
        for (var source : ConfigurationPropertySources.get(environment)) {
            if (isOurs(source.getUnderlyingSource()) && source instanceof IterableConfigurationPropertySource keys) {
                keys.stream().filter(UnknownSettings::isUnknown).forEach(key -> unknown.add(key.toString()));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Unknown settings: " + String.join(", ", unknown));
        }
    }

    private static boolean isOurs(@Nullable Object source) {
        return source instanceof OriginTrackedMapPropertySource || source instanceof CommandLinePropertySource;
    }

    private static boolean isUnknown(ConfigurationPropertyName key) {
        if (!ROOT.isAncestorOf(key)) {
            return false;
        }
        var section = key.getElement(1, ConfigurationPropertyName.Form.UNIFORM);
        return !EDGE.contains(section) && !TopicPlan.SERVICES.contains(section);
    }
}
