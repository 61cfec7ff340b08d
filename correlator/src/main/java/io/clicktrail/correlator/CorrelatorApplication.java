package io.clicktrail.correlator;

import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.ServiceTopology;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The correlator as a process. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(CorrelatorSettings.class)
public class CorrelatorApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(CorrelatorApplication.class, arguments);
    }

    @Bean
    ServiceTopology serviceTopology(Topics topics, CorrelatorSettings settings, MeterRegistry meters) {
        return builder -> CorrelatorTopology.build(builder, topics, settings, meters);
    }
}
