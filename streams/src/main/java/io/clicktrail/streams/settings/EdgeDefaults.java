package io.clicktrail.streams.settings;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Defaults of Spring Boot settings for every service. */
public final class EdgeDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("spring.main.banner-mode", "off"),
            Map.entry("spring.main.keep-alive", "true"),
            Map.entry("spring.kafka.streams.auto-startup", "false"),
            Map.entry(
                    "spring.autoconfigure.exclude",
                    "org.springframework.boot.tomcat.autoconfigure.metrics.TomcatMetricsAutoConfiguration,"
                            // Its filter is asked at each of the log statements that Kafka has for every record.
                            + "org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback"
                            + ".LogbackMetricsAutoConfiguration"),
            Map.entry("management.endpoints.web.exposure.include", "health,info,prometheus"),
            Map.entry("management.endpoints.access.default", "read-only"),
            Map.entry("management.endpoint.health.show-details", "never"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,ready"),
            Map.entry("management.endpoint.health.group.readiness.show-details", "always"),
            Map.entry("management.endpoint.health.group.liveness.include", "livenessState,alive"),
            // Each client logs all its settings at INFO, hundreds of lines.
            Map.entry("logging.level.org.apache.kafka.common.config.AbstractConfig", "warn"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("clicktrail defaults", DEFAULTS));
    }
}
