package io.clicktrail.enricher;

import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.Suffixes;
import io.clicktrail.enricher.kafka.ListAges;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.ServiceTopology;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The enricher as a process. */
@SpringBootApplication
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

    @Bean
    HealthIndicator lists(Catalogues catalogues, MeterRegistry meters) {
        return new ListAges(catalogues.domains(), Clock.systemUTC(), meters);
    }

    @Bean
    Catalogues catalogues(EnricherSettings settings) {
        if (settings.publicSuffixList() == null) {
            return Catalogues.bundled();
        }
        try (var list = Files.newInputStream(settings.publicSuffixList())) {
            return Catalogues.of(DomainCatalogue.of(Suffixes.read(list)));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "clicktrail.enricher.public-suffix-list is '" + settings.publicSuffixList()
                            + "' but must be a public suffix list: " + e.getMessage(),
                    e);
        }
    }
}
