package io.clicktrail.standalone.stack;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** A running service in an application context of its own. */
public final class ServiceContext implements AutoCloseable {
    private final Service service;
    private final ConfigurableApplicationContext context;

    private ServiceContext(Service service, ConfigurableApplicationContext context) {
        this.service = service;
        this.context = context;
    }

    /**
     * Starts a service.
     *
     * @param settings override those of the service
     * @param gate passed before anything of it runs
     */
    static ServiceContext start(Service service, Map<String, String> settings, StartGate gate) {
        var application = new SpringApplication(service.application(settings));
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton(StartGate.class.getName(), gate));
        var all = new TreeMap<>(settings);
        all.put("spring.config.location", Service.settingsOf(service.application(settings)));
        all.put("clicktrail.service", service.label());
        String[] arguments = all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new ServiceContext(service, application.run(arguments));
    }

    public Service service() {
        return service;
    }

    /** Metrics of the service. */
    public MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    /** State of Kafka Streams; null before it is created. */
    KafkaStreams.@Nullable State state() {
        KafkaStreams streams = context.getBean(StreamsBuilderFactoryBean.class).getKafkaStreams();
        return streams == null ? null : streams.state();
    }

    /** Configuration of Kafka Streams as the service runs with it. */
    public Properties streamsProperties() {
        var factory = context.getBean(StreamsBuilderFactoryBean.class);
        return Objects.requireNonNull(factory.getStreamsConfiguration());
    }

    /** Stops processing until {@link #resume}; the service stays in its group. */
    public void pause() {
        running().pause();
    }

    /** Goes on after {@link #pause}. */
    public void resume() {
        running().resume();
    }

    private KafkaStreams running() {
        return Objects.requireNonNull(
                context.getBean(StreamsBuilderFactoryBean.class).getKafkaStreams(), "not started");
    }

    @Override
    public void close() {
        context.close();
    }
}
