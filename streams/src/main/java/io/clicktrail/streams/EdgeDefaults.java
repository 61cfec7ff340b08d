package io.clicktrail.streams;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Defaults of Spring Boot's own settings that hold for every service unless it says otherwise. */
public final class EdgeDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.of(
            "spring.main.banner-mode", "off",
            "spring.main.keep-alive", "true",
            "spring.kafka.streams.auto-startup", "false",
            "management.endpoints.web.exposure.include", "health,info,prometheus",
            "management.endpoints.access.default", "read-only",
            "management.endpoint.health.show-details", "never",
            "management.endpoint.health.group.readiness.include", "readinessState,ready",
            "management.endpoint.health.group.readiness.show-details", "always",
            "management.endpoint.health.group.liveness.include", "livenessState,alive");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("clicktrail defaults", DEFAULTS));
    }
}
