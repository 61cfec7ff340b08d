package io.clicktrail.alerter;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.context.SubjectFact;
import io.clicktrail.alerter.context.SubjectFacts;
import io.clicktrail.alerter.delivery.CaseDelivery;
import io.clicktrail.alerter.delivery.Destination;
import io.clicktrail.alerter.delivery.Outlet;
import io.clicktrail.alerter.kafka.CaseInput;
import io.clicktrail.alerter.kafka.DeliverCases;
import io.clicktrail.alerter.kafka.GatherFacts;
import io.clicktrail.alerter.kafka.PassCanaries;
import io.clicktrail.alerter.kafka.ReadFeedback;
import io.clicktrail.alerter.kafka.RenderCases;
import io.clicktrail.alerter.kafka.ReviseCases;
import io.clicktrail.alerter.kafka.RouteFeedback;
import io.clicktrail.alerter.lifecycle.ReopenedIds;
import io.clicktrail.alerter.lifecycle.RevisionDelay;
import io.clicktrail.alerter.render.Form;
import io.clicktrail.detection.Detection;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.state.Finding;
import io.clicktrail.state.SubjectNote;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Detections in, cases out: every revision to the alerts and the SIEM; to the SOARs new cases on the topic of their
 * tier, and what becomes of them on the updates. Beside the way, facts are gathered by what they are about, and
 * feedback finds the host of its case. All that goes out is keyed by alert id and has the time of the case.
 */
public final class AlerterTopology {

    private final Topics topics;
    private final AlerterSettings settings;
    private final MeterRegistry meters;

    private AlerterTopology(Topics topics, AlerterSettings settings, MeterRegistry meters) {
        this.topics = topics;
        this.settings = settings;
        this.meters = meters;
    }

    /** Adds the alerter to a topology. */
    public static void build(StreamsBuilder builder, Topics topics, AlerterSettings settings, MeterRegistry meters) {
        var topology = new AlerterTopology(topics, settings, meters);
        KStream<String, Detection> detections = topology.read(builder, topics.detections(), "detections")
                .processValues(() -> new PassCanaries(meters), Named.as("take-canaries"));
        KStream<String, Finding> findings = topology.gatherFacts(builder, detections);
        KStream<String, Feedback> feedback = topology.routeFeedback(builder, detections);
        KStream<String, CaseDelivery> deliveries = topology.deliver(topology.revise(detections, findings, feedback));
        topology.record(deliveries);
        KStream<String, Alert> told = topology.told(deliveries);
        for (Outlet outlet : Outlet.values()) {
            topology.tell(told, outlet);
        }
        settings.sortedDestinations().forEach((name, destination) -> topology.tell(told, name, destination));
    }

    /**
     * What is known of the subjects that chains ask for, keyed by the host of the chain. Each source has a repartition
     * topic of its own, so that a backlog of events does not stand before the cases.
     */
    private KStream<String, Finding> gatherFacts(StreamsBuilder builder, KStream<String, Detection> detections) {
        KStream<String, Event> events = read(builder, topics.events(), "events");
        KStream<String, Evidence> evidence = read(builder, topics.evidence(), "evidence");
        KStream<String, SubjectNote> told = events.filter(
                        (host, event) -> event != null && SubjectFacts.tells(event), Named.as("keep-telling-events"))
                .flatMap((host, event) -> entries(SubjectFacts.of(host, event)), Named.as("note-events"))
                .repartition(by("event-subject", SubjectNote.class));
        KStream<String, SubjectNote> seen = evidence.filter(
                        (host, item) -> item != null && item.getEvent().getKind() != EventKind.HEARTBEAT,
                        Named.as("skip-heartbeats"))
                .flatMap((host, item) -> entries(SubjectFacts.of(item)), Named.as("note-evidence"))
                .repartition(by("evidence-subject", SubjectNote.class));
        return detections
                .flatMap((host, detection) -> entries(SubjectFacts.of(detection)), Named.as("note-detections"))
                .repartition(by("chain-subject", SubjectNote.class))
                .merge(told, Named.as("join-event-notes"))
                .merge(seen, Named.as("join-evidence-notes"))
                .process(new GatherFacts(settings.memory(), settings.context()), Named.as("gather-facts"))
                .repartition(by("finding-host", Finding.class));
    }

    /** Feedback, keyed by the host of its case. */
    private KStream<String, Feedback> routeFeedback(StreamsBuilder builder, KStream<String, Detection> detections) {
        KStream<String, RouteFeedback.Input> hosts = detections
                .flatMap(
                        (host, detection) -> ReopenedIds.line(detection.getDetectionId()).stream()
                                .map(id -> KeyValue.pair(id, host))
                                .toList(),
                        Named.as("note-hosts"))
                .repartition(
                        Repartitioned.with(Serdes.String(), Serdes.String()).withName("by-case"))
                .mapValues(RouteFeedback.Input.KeptAt::new, Named.as("take-hosts"));
        KStream<String, RouteFeedback.Input> said = read(builder, topics.soarFeedback(), "feedback")
                .process(() -> new ReadFeedback(meters), Named.as("understand-feedback"))
                .repartition(by("feedback-case", Feedback.class))
                .mapValues(RouteFeedback.Input.Said::new, Named.as("take-feedback"));
        return hosts.merge(said, Named.as("join-hosts-and-feedback"))
                .process(new RouteFeedback(settings.memory()), Named.as("route-feedback"))
                .repartition(by("feedback-host", Feedback.class));
    }

    private KStream<String, Alert> revise(
            KStream<String, Detection> detections, KStream<String, Finding> findings, KStream<String, Feedback> said) {
        KStream<String, CaseInput> detected =
                detections.mapValues(CaseInput.Detected::new, Named.as("take-detections"));
        KStream<String, CaseInput> found = findings.mapValues(CaseInput.Found::new, Named.as("take-findings"));
        KStream<String, CaseInput> heard = said.mapValues(CaseInput.Said::new, Named.as("take-routed-feedback"));
        return detected.merge(found, Named.as("join-findings"))
                .merge(heard, Named.as("join-feedback"))
                .process(
                        new ReviseCases(
                                settings.organisation(),
                                settings.desk(),
                                settings.feedbacks(),
                                new RevisionDelay(settings.patience()),
                                settings.memory(),
                                meters),
                        Named.as("revise-cases"));
    }

    /** Limits hold for the tenant as a whole, so all its cases pass one place. */
    private KStream<String, CaseDelivery> deliver(KStream<String, Alert> cases) {
        return cases.selectKey((id, alert) -> alert.getTenantId(), Named.as("select-tenant"))
                .repartition(by("tenant", Alert.class))
                .process(
                        new DeliverCases(
                                settings.pace(), settings.limits(), settings.storms(), settings.memory(), meters),
                        Named.as("deliver-cases"));
    }

    private void record(KStream<String, CaseDelivery> deliveries) {
        KStream<String, Alert> recorded = deliveries
                .filter((id, delivery) -> delivery instanceof CaseDelivery.Recorded, Named.as("keep-recorded"))
                .mapValues(CaseDelivery::alert, Named.as("take-recorded"));
        recorded.to(topics.alerts().name(), produced(topics.alerts(), "write-alerts"));
        recorded.processValues(new RenderCases(Form.ecs()), Named.as("render-ecs"))
                .to(topics.siemEcs().name(), produced(topics.siemEcs(), "write-siem-ecs"));
    }

    private KStream<String, Alert> told(KStream<String, CaseDelivery> deliveries) {
        return deliveries
                .filter((id, delivery) -> delivery instanceof CaseDelivery.Told, Named.as("keep-told"))
                .mapValues(CaseDelivery::alert, Named.as("take-told"));
    }

    private void tell(KStream<String, Alert> told, Outlet outlet) {
        String name = outlet.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Topic<String, String> topic = switch (outlet) {
            case TIER_1 -> topics.soarTier1();
            case TIER_2 -> topics.soarTier2();
            case UPDATES -> topics.soarUpdates();
        };
        told.filter((id, alert) -> Outlet.of(alert) == outlet, Named.as("select-" + name))
                .processValues(new RenderCases(Form.ocsf(settings.ocsfVersion())), Named.as("render-ocsf-" + name))
                .to(topic.name(), produced(topic, "write-soar-" + name));
    }

    private void tell(KStream<String, Alert> told, String name, Destination destination) {
        KStream<String, Alert> taken = told.filter((id, alert) -> destination.takes(alert), Named.as("select-" + name));
        for (boolean opens : List.of(true, false)) {
            String step = name + (opens ? "-open" : "-lifecycle");
            Topic<String, String> topic = opens ? topics.soarOpen(name) : topics.soarLifecycle(name);
            taken.filter((id, alert) -> (Outlet.of(alert) != Outlet.UPDATES) == opens, Named.as("select-" + step))
                    .processValues(
                            new RenderCases(Form.of(destination.format(), settings.ocsfVersion())),
                            Named.as("render-" + step))
                    .to(topic.name(), produced(topic, "write-" + step));
        }
    }

    private static List<KeyValue<String, SubjectNote>> entries(List<SubjectFact> notes) {
        return notes.stream()
                .map(note -> KeyValue.pair(note.subject(), note.content()))
                .toList();
    }

    private <V> KStream<String, V> read(StreamsBuilder builder, Topic<String, V> topic, String name) {
        return builder.stream(
                topic.name(),
                Consumed.with(topic.keySerde(), topic.valueSerde()).withName("read-" + name));
    }

    private static <V extends SpecificRecord> Repartitioned<String, V> by(String what, Class<V> type) {
        return Repartitioned.with(Serdes.String(), new StateSerdes().of(type)).withName("by-" + what);
    }

    private static <V> Produced<String, V> produced(Topic<String, V> topic, String name) {
        return Produced.with(topic.keySerde(), topic.valueSerde()).withName(name);
    }
}
