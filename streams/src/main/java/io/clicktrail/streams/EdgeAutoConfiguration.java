package io.clicktrail.streams;

import io.clicktrail.schemas.AvroSerdes;
import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.SchemaRegistry;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.failures.LastFailure;
import io.clicktrail.streams.failures.ThreadRecovery;
import io.clicktrail.streams.health.CurrentStreams;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.health.PendingRecords;
import io.clicktrail.streams.health.ProcessingLag;
import io.clicktrail.streams.health.StreamsHealth;
import io.clicktrail.streams.settings.ConfiguredSerdes;
import io.clicktrail.streams.settings.EdgeSettings;
import io.clicktrail.streams.settings.RegistrySettings;
import io.clicktrail.streams.settings.SerdeSettings;
import io.clicktrail.streams.settings.Setting;
import io.clicktrail.streams.settings.StreamsSettings;
import io.clicktrail.streams.time.ClockSteps;
import io.clicktrail.streams.time.DeliveryTime;
import io.clicktrail.streams.time.ProducerTimes;
import io.clicktrail.streams.topics.TopicPlan;
import io.clicktrail.streams.tracing.TracedProcessors;
import io.clicktrail.streams.tracing.Tracer;
import io.clicktrail.streams.tracing.TracingSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
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
@EnableConfigurationProperties({
    EdgeSettings.class,
    RegistrySettings.class,
    SerdeSettings.class,
    StreamsSettings.class,
    TracingSettings.class
})
public class EdgeAutoConfiguration {

    private static final int CLOSE_TIMEOUT_SECONDS = 30;
    private static final String APPLICATION = "spring.application.name";

    EdgeAutoConfiguration(ConfigurableEnvironment environment) {
        UnknownSettings.refuse(environment);
    }

    @Bean
    @ConditionalOnMissingBean
    @Lazy
    SchemaRegistry schemaRegistry(RegistrySettings settings) {
        return new HttpSchemaRegistry(settings.toOptions());
    }

    @Bean
    @ConditionalOnMissingBean
    AvroSerdes avroSerdes(SerdeSettings classes, RegistrySettings settings, ObjectProvider<SchemaRegistry> registry) {
        return classes.serializer() == null || classes.deserializer() == null
                ? new RegistrySerdes(registry.getObject())
                : ConfiguredSerdes.of(classes.serializer(), classes.deserializer(), settings.toConfluent());
    }

    @Bean
    Topics topics(EdgeSettings settings, AvroSerdes serdes) {
        return Topics.of(settings.topicPrefix(), settings.rawTopics(), serdes);
    }

    @Bean(KafkaStreamsDefaultConfiguration.DEFAULT_STREAMS_CONFIG_BEAN_NAME)
    KafkaStreamsConfiguration streamsConfiguration(
            EdgeSettings edge,
            StreamsSettings streams,
            Topics topics,
            PendingRecords pending,
            MeterRegistry meters,
            CommitPolicy commits,
            ObjectProvider<Tracer> tracer,
            Environment environment) {
        var applicationId = applicationId(environment, topics, edge.service());
        var properties = StreamsProperties.of(applicationId, edge.bootstrap(), topics.dlq(edge.service()), streams);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                List.of(PendingRecords.Watch.class.getName(), ProducerTimes.Watch.class.getName()));
        properties.put(StreamsConfig.mainConsumerPrefix(PendingRecords.CONFIG), pending);
        var withBrokerTime = streams.history() ? Set.<String>of() : TopicPlan.withBrokerTime(topics);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ProducerTimes.CONFIG), new ProducerTimes(withBrokerTime, meters));
        properties.put(DeliveryTime.METERS, meters);
        properties.put(CommitPolicy.CONFIG, commits);
        tracer.ifAvailable(each -> properties.putAll(TracedProcessors.properties(each)));
        return new KafkaStreamsConfiguration(properties);
    }

    /**
     * The application id, which names the group, the transactions and the internal topics.
     *
     * @throws IllegalArgumentException if it is not the prefix's, so that two installations would share a group
     */
    static String applicationId(Environment environment, Topics topics, String service) {
        var name = environment.getProperty(APPLICATION, topics.application(service));
        Setting.require(
                name.startsWith(topics.prefix()),
                APPLICATION,
                name,
                "one that begins with clicktrail.topic-prefix (" + topics.prefix()
                        + "), as two installations with one application id would take each other's records");
        return name;
    }

    @Bean
    CommitPolicy commitPolicy(StreamsSettings settings, Topics topics) {
        return new CommitPolicy(settings.commitInterval(), CommitPolicy.patient(topics));
    }

    @Bean
    @ConditionalOnProperty("clicktrail.tracing.endpoint")
    Tracer tracer(TracingSettings settings, EdgeSettings edge) {
        return Tracer.of(settings, edge.service());
    }

    @Bean
    PendingRecords pendingRecords() {
        return new PendingRecords();
    }

    @Bean
    CurrentStreams currentStreams() {
        return new CurrentStreams();
    }

    @Bean
    ProcessingLag lateness(CurrentStreams streams, PendingRecords pending, MeterRegistry meters) {
        return new ProcessingLag(streams, pending, meters);
    }

    @Bean
    LastFailure lastFailure() {
        return new LastFailure();
    }

    @Bean
    ThreadRecovery threadRecovery(MeterRegistry meters, LastFailure last) {
        return new ThreadRecovery(Metric.TRANSIENT_FAILURES.counter(meters), last);
    }

    @Bean
    OpenConsumers openConsumers() {
        return new OpenConsumers();
    }

    @Bean
    StreamsBuilderFactoryBeanConfigurer streamsConfigurer(
            ServiceTopology topology,
            CurrentStreams current,
            ThreadRecovery recovery,
            EdgeSettings edge,
            StreamsSettings settings,
            Topics topics,
            PendingRecords pending,
            CommitPolicy commits,
            OpenConsumers consumers,
            MeterRegistry meters) {
        var deadLetters = topics.dlq(edge.service());
        var clients = new BoundedClients(
                settings.maxRecord().toBytes(),
                deadLetters,
                Metric.DEAD_LETTERS.counter(meters),
                pending,
                commits,
                consumers);
        return streams -> {
            streams.setInfrastructureCustomizer(new KafkaStreamsInfrastructureCustomizer() {
                @Override
                public void configureBuilder(StreamsBuilder builder) {
                    topology.build(builder);
                }
            });
            streams.setClientSupplier(clients);
            streams.setKafkaStreamsCustomizer(current);
            streams.setStreamsUncaughtExceptionHandler(recovery);
            streams.setCloseTimeout(CLOSE_TIMEOUT_SECONDS);
            // Otherwise the other instances, and the next start, wait for the session timeout.
            streams.setLeaveGroupOnClose(true);
        };
    }

    @Bean
    StreamsStarter streamsStarter(
            StreamsBuilderFactoryBean streams, CurrentStreams current, LastFailure last, OpenConsumers consumers) {
        return new StreamsStarter(
                streams, current, last, consumers, new ClockSteps(Clock.systemUTC(), System::nanoTime));
    }

    /** Runs before Spring stops Kafka Streams, so that no thread is in a pause then. */
    @Bean
    ApplicationListener<ContextClosedEvent> endOfPauses(ThreadRecovery recovery) {
        return closed -> recovery.close();
    }

    @Bean
    HealthIndicator ready(CurrentStreams streams, ThreadRecovery recovery, LastFailure last, ProcessingLag lateness) {
        return StreamsHealth.ready(streams, recovery, last, lateness);
    }

    @Bean
    HealthIndicator alive(CurrentStreams streams, LastFailure last, ProcessingLag lateness) {
        return StreamsHealth.alive(streams, last, lateness);
    }
}
