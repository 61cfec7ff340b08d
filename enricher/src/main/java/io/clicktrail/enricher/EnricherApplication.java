package io.clicktrail.enricher;

import io.clicktrail.enricher.kafka.ListAgeHealth;
import io.clicktrail.enricher.lists.Lists;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.ServiceTopology;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The enricher as a process. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(EnricherSettings.class)
public class EnricherApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(EnricherApplication.class, arguments);
    }

    @Bean
    ServiceTopology serviceTopology(
            Topics topics, EnricherSettings settings, Catalogues catalogues, MeterRegistry meters) {
        return builder -> EnricherTopology.build(builder, topics, settings, catalogues, meters);
    }

    /** The age of the lists, which never makes the service unhealthy. */
    @Bean
    public static HealthIndicator lists(Catalogues catalogues, MeterRegistry meters) {
        return new ListAgeHealth(catalogues.dates(), Clock.systemUTC(), meters);
    }

    /**
     * The lists of the settings.
     *
     * @throws IllegalStateException where their folder is none
     */
    @Bean
    public static Catalogues catalogues(EnricherSettings settings) {
        if (settings.lists() == null) {
            return Catalogues.bundled();
        }
        try {
            return Catalogues.of(Lists.in(settings.lists()));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "clicktrail.enricher.lists is '" + settings.lists() + "' but must be a folder of lists: "
                            + e.getMessage(),
                    e);
        }
    }
}
