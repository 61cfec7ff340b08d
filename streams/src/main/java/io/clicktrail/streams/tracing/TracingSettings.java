package io.clicktrail.streams.tracing;

import static io.clicktrail.streams.settings.Setting.require;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which events are traced, and where their spans go.
 *
 * @param endpoint address that takes OTLP over HTTP, such as {@code http://collector:4318/v1/traces}; absent for no
 *     traces
 * @param share part of the events that are traced, above 0 to 1; all services choose the same ones
 */
@ConfigurationProperties(prefix = "clicktrail.tracing", ignoreUnknownFields = false)
public record TracingSettings(@Nullable URI endpoint, @DefaultValue("0.01") double share) {

    public TracingSettings {
        require(
                endpoint == null
                        || endpoint.getHost() != null && List.of("http", "https").contains(endpoint.getScheme()),
                "clicktrail.tracing.endpoint",
                String.valueOf(endpoint),
                "an http or https address");
        require(share > 0 && share <= 1, "clicktrail.tracing.share", share, "above 0 and at most 1");
    }
}
