package io.clicktrail.streams;

import io.clicktrail.schemas.AvroSerdes;
import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.SchemaRegistry;
import io.clicktrail.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.StreamsBuilder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.kafka.annotation.EnableKafkaStreams;
import org.springframework.kafka.annotation.KafkaStreamsDefaultConfiguration;
import org.springframework.kafka.config.KafkaStreamsConfiguration;
import org.springframework.kafka.config.KafkaStreamsInfrastructureCustomizer;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;

/** Everything around a service's topology: topics, serdes, Kafka Streams, recovery and health. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@EnableKafkaStreams
@EnableConfigurationProperties({EdgeSettings.class, RegistrySettings.class, StreamsSettings.class})
public class EdgeAutoConfiguration {

    private static final int CLOSE_TIMEOUT_SECONDS = 30;

    @Bean
    @ConditionalOnMissingBean
    SchemaRegistry schemaRegistry(RegistrySettings settings) {
        return new HttpSchemaRegistry(settings.toOptions());
    }

    @Bean
    @ConditionalOnMissingBean
    AvroSerdes avroSerdes(SchemaRegistry registry) {
        return new RegistrySerdes(registry);
    }

    @Bean
    Topics topics(EdgeSettings settings, AvroSerdes serdes) {
        return Topics.of(settings.topicPrefix(), settings.rawTopics(), serdes);
    }

    @Bean(KafkaStreamsDefaultConfiguration.DEFAULT_STREAMS_CONFIG_BEAN_NAME)
    KafkaStreamsConfiguration streamsConfiguration(
            EdgeSettings edge, StreamsSettings streams, Topics topics, Environment environment) {
        var applicationId = environment.getProperty("spring.application.name", "clicktrail-" + edge.service());
        return new KafkaStreamsConfiguration(
                StreamsProperties.of(applicationId, edge.bootstrap(), topics.dlq(edge.service()), streams));
    }

    @Bean
    ThreadRecovery threadRecovery(MeterRegistry meters) {
        return new ThreadRecovery(Metric.BROKEN_WORLD.counter(meters));
    }

    @Bean
    StreamsBuilderFactoryBeanConfigurer streamsConfigurer(ServiceTopology topology, ThreadRecovery recovery) {
        return streams -> {
            streams.setInfrastructureCustomizer(new KafkaStreamsInfrastructureCustomizer() {
                @Override
                public void configureBuilder(StreamsBuilder builder) {
                    topology.build(builder);
                }
            });
            streams.setStreamsUncaughtExceptionHandler(recovery);
            streams.setCloseTimeout(CLOSE_TIMEOUT_SECONDS);
        };
    }

    @Bean
    HealthIndicator ready(StreamsBuilderFactoryBean streams) {
        return StreamsHealth.ready(streams);
    }

    @Bean
    HealthIndicator alive(StreamsBuilderFactoryBean streams) {
        return StreamsHealth.alive(streams);
    }
}
