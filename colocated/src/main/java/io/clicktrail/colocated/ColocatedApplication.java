package io.clicktrail.colocated;

import io.clicktrail.enricher.EnricherApplication;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.normalizer.CanarySettings;
import io.clicktrail.normalizer.NormalizerApplication;
import io.clicktrail.normalizer.NormalizerSettings;
import io.clicktrail.normalizer.NormalizerTopology;
import io.clicktrail.normalizer.kafka.SendCanaries;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.ServiceTopology;
import io.clicktrail.streams.settings.EdgeSettings;
import io.clicktrail.streams.settings.StreamsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Normalizer and enricher as one process, in place of the enricher. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({
    ColocationSettings.class,
    NormalizerSettings.class,
    CanarySettings.class,
    EnricherSettings.class
})
public class ColocatedApplication {

    public static void main(String[] args) {
        SpringApplication.run(ColocatedApplication.class, args);
    }

    @Bean
    ServiceTopology topology(
            Topics topics,
            ColocationSettings settings,
            NormalizerSettings normalizer,
            CanarySettings canary,
            StreamsSettings streams,
            EnricherSettings enricher,
            Catalogues catalogues,
            MeterRegistry meters) {
        return builder -> ColocatedTopology.build(
                builder,
                topics,
                settings,
                normalizer,
                NormalizerTopology.normalizers(normalizer),
                canary.trust(streams.history()),
                enricher,
                catalogues,
                meters);
    }

    @Bean
    SendCanaries canaries(EdgeSettings edge, StreamsSettings streams, Topics topics, CanarySettings settings) {
        return NormalizerApplication.canaries(edge, streams, topics, settings);
    }

    @Bean
    HealthIndicator lists(Catalogues catalogues, MeterRegistry meters) {
        return EnricherApplication.lists(catalogues, meters);
    }

    @Bean
    Catalogues catalogues(EnricherSettings settings) {
        return EnricherApplication.catalogues(settings);
    }
}
