package io.clicktrail.alerter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.detection.Detection;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

class AlerterServiceIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    @Test
    void aDetectionBecomesACaseOnceAlsoAcrossARestart(@TempDir Path state) throws InterruptedException {
        Topics topics = STACK.topics("alerter-it");
        STACK.produce(topics.detections(), Stories.HOST, Stories.executed());
        try (var service = start(topics, state)) {
            assertThat(STACK.consume(topics.siemEcs(), 1)).hasSize(1);
        }

        STACK.produce(topics.detections(), Stories.HOST, Stories.executed());
        STACK.produce(topics.detections(), "ws-077", other());
        try (var service = start(topics, state)) {
            assertThat(STACK.consume(topics.soarTier1(), 1)).hasSize(1);
        }

        var cases = STACK.consumeAll(topics.alerts());
        assertThat(cases)
                .extracting(record -> record.value().getIdempotencyKey())
                .doesNotHaveDuplicates();
        assertThat(cases)
                .extracting(record -> record.value().getAlertId())
                .containsOnly(Stories.executed().getDetectionId(), other().getDetectionId());
        assertThat(STACK.consumeAll(topics.soarTier2())).singleElement().satisfies(record -> {
            Alert alert = Stories.alert(Stories.executed());
            assertThat(record.key()).isEqualTo(alert.getAlertId());
            assertThat(record.timestamp()).isEqualTo(alert.getCreatedTime().toEpochMilli());
            assertThat(new JsonMapper()
                            .readTree(record.value())
                            .at("/finding_info/uid")
                            .asString())
                    .isEqualTo(alert.getAlertId());
        });
    }

    private static Detection other() {
        return Detection.newBuilder(Stories.downloaded())
                .setDetectionId("5f0c2a57-61ce-5e0b-b7f4-5f3d3f9c7a01")
                .setHost("ws-077")
                .build();
    }

    private static ConfigurableApplicationContext start(Topics topics, Path state) {
        var application = new SpringApplication(AlerterApplication.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "clicktrail.bootstrap-servers", STACK.bootstrapServers(),
                "clicktrail.registry.url", STACK.registryUrl(),
                "clicktrail.topic-prefix", topics.prefix(),
                "clicktrail.streams.state-dir", state.toString()));
        return application.run();
    }
}
