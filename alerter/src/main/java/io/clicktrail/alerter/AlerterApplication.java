package io.clicktrail.alerter;

import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.ServiceTopology;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The alerter as a service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(AlerterSettings.class)
public class AlerterApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(AlerterApplication.class, args);
    }

    @Bean
    ServiceTopology topology(Topics topics, AlerterSettings settings, MeterRegistry meters) {
        return builder -> AlerterTopology.build(builder, topics, settings, meters);
    }
}
