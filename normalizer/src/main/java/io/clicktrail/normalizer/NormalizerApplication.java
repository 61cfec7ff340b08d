package io.clicktrail.normalizer;

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
import org.springframework.context.annotation.Bean;

/** The normalizer as a service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({NormalizerSettings.class, CanarySettings.class})
public class NormalizerApplication {

    public static void main(String[] args) {
        SpringApplication.run(NormalizerApplication.class, args);
    }

    @Bean
    ServiceTopology topology(
            Topics topics,
            NormalizerSettings settings,
            CanarySettings canary,
            StreamsSettings streams,
            MeterRegistry meters) {
        return builder -> NormalizerTopology.build(builder, topics, settings, canary.trust(streams.history()), meters);
    }

    /** Sends canaries to the first of the raw topics. */
    @Bean
    public static SendCanaries canaries(
            EdgeSettings edge, StreamsSettings streams, Topics topics, CanarySettings settings) {
        return new SendCanaries(
                streams.clients(edge), topics.raw().getFirst().name(), settings.every(), settings.signature());
    }
}
