package io.clicktrail.alerter;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.kafka.RenderJson;
import io.clicktrail.alerter.kafka.ReviseCases;
import io.clicktrail.alerter.lifecycle.Outlet;
import io.clicktrail.alerter.render.CloudEvent;
import io.clicktrail.alerter.render.EcsJson;
import io.clicktrail.alerter.render.OcsfJson;
import io.clicktrail.detection.Detection;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Detections in, cases out: every revision to the alerts and the SIEM, new cases to the topic of their tier, what becomes of
 * them to the updates. All keyed by alert id, all with the time of the case.
 */
public final class AlerterTopology {

    private AlerterTopology() {}

    /** Adds the alerter to a topology. */
    public static void build(StreamsBuilder builder, Topics topics, AlerterSettings settings, MeterRegistry meters) {
        KStream<String, Alert> cases = builder.stream(topics.detections().name(), consumed(topics.detections()))
                .process(new ReviseCases(settings.organisation(), settings.memory(), meters), Named.as("revise-cases"));
        cases.to(topics.alerts().name(), produced(topics.alerts(), "write-alerts"));
        cases.processValues(new RenderJson(EcsJson::of, CloudEvent.ECS_SCHEMA), Named.as("render-ecs"))
                .to(topics.siemEcs().name(), produced(topics.siemEcs(), "write-siem-ecs"));
        for (Outlet outlet : Outlet.values()) {
            Topic<String, String> topic = topicOf(outlet, topics);
            String name = outlet.name().toLowerCase(Locale.ROOT).replace('_', '-');
            cases.filter((id, alert) -> Outlet.of(alert) == outlet, Named.as("select-" + name))
                    .processValues(
                            new RenderJson(OcsfJson::of, CloudEvent.OCSF_SCHEMA), Named.as("render-ocsf-" + name))
                    .to(topic.name(), produced(topic, "write-soar-" + name));
        }
    }

    private static Topic<String, String> topicOf(Outlet outlet, Topics topics) {
        return switch (outlet) {
            case TIER_1 -> topics.soarTier1();
            case TIER_2 -> topics.soarTier2();
            case UPDATES -> topics.soarUpdates();
        };
    }

    private static Consumed<String, Detection> consumed(Topic<String, Detection> topic) {
        return Consumed.with(topic.keySerde(), topic.valueSerde()).withName("read-detections");
    }

    private static <V> Produced<String, V> produced(Topic<String, V> topic, String name) {
        return Produced.with(topic.keySerde(), topic.valueSerde()).withName(name);
    }
}
