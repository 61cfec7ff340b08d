package io.clicktrail.console;

import io.clicktrail.console.kafka.CaseTable;
import io.clicktrail.console.kafka.FeedbackWriter;
import io.clicktrail.console.kafka.PipelineWatch;
import io.clicktrail.console.pipeline.JudgedWith;
import io.clicktrail.console.queue.CaseQueue;
import io.clicktrail.console.sensors.HostSensors;
import io.clicktrail.console.settings.ConsoleSettings;
import io.clicktrail.console.web.WebConfiguration;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.ServiceTopology;
import io.clicktrail.streams.settings.EdgeSettings;
import io.clicktrail.streams.settings.StreamsSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The console as a service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ConsoleSettings.class)
@Import(WebConfiguration.class)
public class ConsoleApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(ConsoleApplication.class, args);
    }

    @Bean
    CaseQueue caseQueue(ConsoleSettings settings) {
        return new CaseQueue(settings.maxCases());
    }

    @Bean
    HostSensors hostSensors() {
        return new HostSensors();
    }

    @Bean
    JudgedWith judgedWith() {
        return new JudgedWith();
    }

    @Bean
    CaseTable caseStore(CaseQueue queue, HostSensors sensors, JudgedWith judgedWith) {
        return new CaseTable(queue, sensors, judgedWith);
    }

    @Bean
    FeedbackWriter feedbackWriter(Topics topics, EdgeSettings edge, StreamsSettings streams) {
        return new FeedbackWriter(topics.soarFeedback(), streams.clients(edge));
    }

    @Bean
    PipelineWatch pipelineWatch(Topics topics, EdgeSettings edge, StreamsSettings streams, ConsoleSettings settings) {
        return new PipelineWatch(topics, streams.clients(edge), settings.behindAfter());
    }

    @Bean
    ServiceTopology topology(Topics topics, CaseTable store) {
        return builder -> ConsoleTopology.build(builder, topics, store);
    }
}
