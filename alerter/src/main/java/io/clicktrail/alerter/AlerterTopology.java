package io.clicktrail.alerter;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.alerter.audit.OrganisationChanges;
import io.clicktrail.alerter.campaign.CampaignCase;
import io.clicktrail.alerter.context.SubjectFact;
import io.clicktrail.alerter.context.SubjectFacts;
import io.clicktrail.alerter.delivery.CaseDelivery;
import io.clicktrail.alerter.delivery.Destination;
import io.clicktrail.alerter.delivery.SoarTopic;
import io.clicktrail.alerter.feedback.FeedbackSource;
import io.clicktrail.alerter.kafka.ApplyLimits;
import io.clicktrail.alerter.kafka.AuditIntel;
import io.clicktrail.alerter.kafka.AuditOrganisation;
import io.clicktrail.alerter.kafka.AuditTuning;
import io.clicktrail.alerter.kafka.CaseInput;
import io.clicktrail.alerter.kafka.DeliverCases;
import io.clicktrail.alerter.kafka.GatherCampaigns;
import io.clicktrail.alerter.kafka.GatherFacts;
import io.clicktrail.alerter.kafka.LoadOrganisation;
import io.clicktrail.alerter.kafka.PassCanaries;
import io.clicktrail.alerter.kafka.ReadFeedback;
import io.clicktrail.alerter.kafka.ReceiveAnswers;
import io.clicktrail.alerter.kafka.ReceivedFeedback;
import io.clicktrail.alerter.kafka.RenderCases;
import io.clicktrail.alerter.kafka.ReviseCases;
import io.clicktrail.alerter.kafka.RouteFeedback;
import io.clicktrail.alerter.lifecycle.FollowUpIds;
import io.clicktrail.alerter.lifecycle.RevisionDelay;
import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.alerter.render.RenderOptions;
import io.clicktrail.detection.Detection;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.state.DeliveryAnswer;
import io.clicktrail.state.DeliveryNote;
import io.clicktrail.state.Finding;
import io.clicktrail.state.SubjectNote;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.tuning.Tuning;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
 * Detections in, cases out. Every revision goes to the alerts and the SIEM topic; new cases go to the SOAR topic of
 * their tier, their updates to the updates topic. Two more branches collect facts by subject and route feedback to the
 * host of its case. All output is keyed by alert id and has the time of the case.
 */
public final class AlerterTopology {

    private final Topics topics;
    private final AlerterSettings settings;
    private final RenderOptions options;
    private final MeterRegistry meters;
    private final OrganisationTable organisation = new OrganisationTable();
    private final OrganisationChanges organisationChanges = new OrganisationChanges();

    private AlerterTopology(Topics topics, AlerterSettings settings, MeterRegistry meters) {
        this.topics = topics;
        this.settings = settings;
        this.options = RenderOptions.ocsf(settings.ocsfVersion());
        this.meters = meters;
    }

    /** Adds the alerter to a topology. */
    public static void build(StreamsBuilder builder, Topics topics, AlerterSettings settings, MeterRegistry meters) {
        var topology = new AlerterTopology(topics, settings, meters);
        KStream<String, Detection> detections = topology.read(builder, topics.detections(), "detections")
                .processValues(() -> new PassCanaries(meters), Named.as("pass-canaries"));
        KStream<String, Finding> findings = topology.gatherFacts(builder, detections);
        KStream<String, Feedback> feedback = topology.routeFeedback(builder, detections);
        KStream<String, CaseDelivery> deliveries = topology.deliver(topology.revise(detections, findings, feedback));
        topology.record(deliveries);
        KStream<String, Alert> sent = topology.sent(deliveries);
        for (SoarTopic soarTopic : SoarTopic.values()) {
            topology.send(sent, soarTopic);
        }
        topology.audit(builder);
        topology.loadOrganisation(builder);
        settings.sortedDestinations().forEach((name, destination) -> topology.send(sent, name, destination));
    }

    /**
     * What is known of the subjects that chains ask for, keyed by the host of the chain. Facts have a repartition topic
     * of their own, so that a backlog of facts does not delay the cases.
     */
    private KStream<String, Finding> gatherFacts(StreamsBuilder builder, KStream<String, Detection> detections) {
        KStream<String, SubjectNote> facts = read(builder, topics.context(), "context")
                .flatMap((host, fact) -> entries(SubjectFacts.of(fact)), Named.as("extract-context-facts"))
                .repartition(by("context-subject", SubjectNote.class));
        return detections
                .flatMap((host, detection) -> entries(SubjectFacts.of(detection)), Named.as("extract-detection-facts"))
                .repartition(by("chain-subject", SubjectNote.class))
                .merge(facts, Named.as("join-context-facts"))
                .process(new GatherFacts(settings.memory(), settings.context(), meters), Named.as("gather-facts"))
                .repartition(by("finding-host", Finding.class));
    }

    /** Feedback, keyed by the host of its case. */
    private KStream<String, Feedback> routeFeedback(StreamsBuilder builder, KStream<String, Detection> detections) {
        KStream<String, RouteFeedback.Input> hosts = detections
                .flatMap(
                        (host, detection) -> FollowUpIds.all(detection.getDetectionId()).stream()
                                .map(id -> KeyValue.pair(id, host))
                                .toList(),
                        Named.as("extract-case-hosts"))
                .repartition(
                        Repartitioned.with(Serdes.String(), Serdes.String()).withName("by-case"))
                .mapValues(RouteFeedback.Input.CaseHost::new, Named.as("take-hosts"));
        KStream<String, Alert> alerts = read(builder, topics.alerts(), "alerts");
        KStream<String, ReceivedFeedback> all =
                readFeedback(builder, topics.soarFeedback(), "feedback", settings.sharedFeedback());
        for (var own : settings.ownFeedback().entrySet()) {
            String name = "feedback-of-" + own.getKey();
            all = all.merge(
                    readFeedback(builder, topics.soarFeedback(own.getKey()), name, own.getValue()),
                    Named.as("join-" + name));
        }
        all.mapValues(ReceivedFeedback::audit, Named.as("take-feedback-audit"))
                .to(topics.audit().name(), produced(topics.audit(), "write-feedback-audit"));
        KStream<String, RouteFeedback.Input> received = all.filter(
                        (alertId, feedback) -> feedback.feedback() != null, Named.as("keep-accepted-feedback"))
                .mapValues(ReceivedFeedback::feedback, Named.as("take-accepted-feedback"))
                .merge(removedCases(alerts), Named.as("join-removed-cases"))
                .repartition(by("feedback-case", Feedback.class))
                .mapValues(RouteFeedback.Input.FeedbackReceived::new, Named.as("take-feedback"));
        return hosts.merge(received, Named.as("join-hosts-and-feedback"))
                .merge(campaigns(alerts), Named.as("join-campaigns"))
                .process(new RouteFeedback(settings.memory()), Named.as("route-feedback"))
                .repartition(by("feedback-host", Feedback.class));
    }

    /** Cases that were deleted from the topic of alerts, by a person or by their age. */
    private static KStream<String, Feedback> removedCases(KStream<String, Alert> alerts) {
        return alerts.filter((id, alert) -> id != null && alert == null, Named.as("keep-removed-cases"))
                .mapValues((id, tombstone) -> removed(id), Named.as("take-removed-cases"));
    }

    /** The cases of the hosts of each campaign. */
    private static KStream<String, RouteFeedback.Input> campaigns(KStream<String, Alert> alerts) {
        return alerts.filter(
                        (id, alert) -> id != null
                                && alert != null
                                && !alert.getCampaignMembers().isEmpty(),
                        Named.as("keep-campaigns"))
                .mapValues(RouteFeedback::membersOf, Named.as("take-campaign-members"))
                .repartition(
                        Repartitioned.with(Serdes.String(), Serdes.String()).withName("by-campaign"))
                .mapValues(RouteFeedback.Input.CampaignMembers::new, Named.as("take-campaigns"));
    }

    private static Feedback removed(String alertId) {
        return Feedback.newBuilder()
                .setAlertId(alertId)
                .setKind(FeedbackKind.REMOVED)
                .setDestination(Topics.DEFAULT_PREFIX)
                .setAt(Instant.EPOCH)
                .build();
    }

    private KStream<String, ReceivedFeedback> readFeedback(
            StreamsBuilder builder, Topic<String, String> topic, String name, FeedbackSource source) {
        return read(builder, topic, name).process(() -> new ReadFeedback(source, meters), Named.as("parse-" + name));
    }

    private void loadOrganisation(StreamsBuilder builder) {
        Metric.ORGANISATION_ENTRIES.gauge(meters, organisation::size);
        builder.addGlobalStore(
                LoadOrganisation.store(),
                topics.organisation().name(),
                Consumed.with(
                                topics.organisation().keySerde(),
                                topics.organisation().valueSerde())
                        .withName("read-organisation"),
                () -> new LoadOrganisation(organisation, organisationChanges, meters));
    }

    /** Tuning and intel are put in force by the services that read them; here they are only recorded. */
    private void audit(StreamsBuilder builder) {
        KStream<String, Tuning> tuning = read(builder, topics.tuning(), "tuning");
        tuning.process(new AuditOrganisation(organisationChanges), Named.as("audit-organisation"))
                .to(topics.audit().name(), produced(topics.audit(), "write-organisation-audit"));
        tuning.process(new AuditTuning(), Named.as("audit-tuning"))
                .to(topics.audit().name(), produced(topics.audit(), "write-tuning-audit"));
        read(builder, topics.intel(), "intel")
                .process(new AuditIntel(), Named.as("audit-intel"))
                .to(topics.audit().name(), produced(topics.audit(), "write-intel-audit"));
    }

    private KStream<String, Alert> revise(
            KStream<String, Detection> detections,
            KStream<String, Finding> findings,
            KStream<String, Feedback> feedback) {
        KStream<String, CaseInput> detected =
                detections.mapValues(CaseInput.Detected::new, Named.as("take-detections"));
        KStream<String, CaseInput> found = findings.mapValues(CaseInput.ContextFound::new, Named.as("take-findings"));
        KStream<String, CaseInput> received =
                feedback.mapValues(CaseInput.FeedbackReceived::new, Named.as("take-routed-feedback"));
        return detected.merge(found, Named.as("join-findings"))
                .merge(received, Named.as("join-feedback"))
                .process(
                        new ReviseCases(
                                settings.organisation(),
                                organisation,
                                settings.lifecycle(),
                                settings.feedbackHandling(),
                                new RevisionDelay(settings.revisionDelay()),
                                settings.memory(),
                                meters),
                        Named.as("revise-cases"));
    }

    /**
     * A case is delivered in the partition of its host. Limits apply to the whole tenant: notes of new cases go to it,
     * and its answers come back to their partition. Campaigns, which are over hosts, come in by their own key.
     */
    private KStream<String, CaseDelivery> deliver(KStream<String, Alert> cases) {
        KStream<String, Alert> campaigns = cases.filter(
                        (id, alert) -> CampaignCase.concerns(alert), Named.as("keep-cases-of-campaigns"))
                .selectKey((id, alert) -> CampaignCase.key(alert), Named.as("select-campaign"))
                .repartition(by("case-campaign", Alert.class))
                .process(new GatherCampaigns(settings.memory()), Named.as("gather-campaigns"))
                .repartition(by("campaign-case", Alert.class));
        KStream<String, CaseDelivery> delivered = cases.merge(campaigns, Named.as("join-campaign-cases"))
                .process(
                        new DeliverCases(
                                settings.updateThrottle(),
                                settings.deliveryLimits(),
                                settings.alertStorms(),
                                this::routing,
                                settings.memory(),
                                settings.retention(),
                                meters),
                        Named.as("deliver-cases"));
        return delivered.merge(answered(delivered), Named.as("join-answered-cases"));
    }

    private KStream<String, CaseDelivery> answered(KStream<String, CaseDelivery> delivered) {
        return delivered
                .flatMapValues(
                        delivery -> delivery instanceof CaseDelivery.Noted noted
                                ? List.of(noted.note())
                                : List.<DeliveryNote>of(),
                        Named.as("take-notes"))
                .repartition(by("tenant", DeliveryNote.class))
                .process(new ApplyLimits(settings.deliveryLimits(), settings.alertStorms()), Named.as("apply-limits"))
                .repartition(by("answered-partition", DeliveryAnswer.class)
                        .withStreamPartitioner((topic, tenant, answer, partitions) ->
                                Optional.of(Set.of(answer.getPartition() % partitions))))
                .process(
                        new ReceiveAnswers(
                                settings.deliveryLimits(), settings.alertStorms(), settings.retention(), meters),
                        Named.as("receive-answers"),
                        ReceiveAnswers.storeNames());
    }

    private List<String> routing(Alert alert) {
        var to = new ArrayList<String>();
        to.add("soar." + SoarTopic.of(alert).name().toLowerCase(Locale.ROOT).replace("_", ""));
        settings.sortedDestinations().forEach((name, destination) -> {
            if (destination.takes(alert)) {
                to.add(name);
            }
        });
        return to;
    }

    private void record(KStream<String, CaseDelivery> deliveries) {
        KStream<String, Alert> recorded = deliveries
                .filter((id, delivery) -> delivery instanceof CaseDelivery.Recorded, Named.as("keep-recorded"))
                .mapValues(CaseDelivery::alert, Named.as("take-recorded"));
        recorded.to(topics.alerts().name(), produced(topics.alerts(), "write-alerts"));
        deliveries
                .filter((id, delivery) -> delivery instanceof CaseDelivery.Expired, Named.as("keep-expired"))
                .mapValues(CaseDelivery::alert, Named.as("take-expired"))
                .to(topics.alerts().name(), produced(topics.alerts(), "write-tombstones"));
        recorded.processValues(new RenderCases(CaseFormat.ECS, options), Named.as("render-ecs"))
                .to(topics.siemEcs().name(), produced(topics.siemEcs(), "write-siem-ecs"));
    }

    private KStream<String, Alert> sent(KStream<String, CaseDelivery> deliveries) {
        return deliveries
                .filter((id, delivery) -> delivery instanceof CaseDelivery.Sent, Named.as("keep-sent"))
                .mapValues(CaseDelivery::alert, Named.as("take-sent"));
    }

    private void send(KStream<String, Alert> sent, SoarTopic soarTopic) {
        String name = soarTopic.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Topic<String, String> topic = switch (soarTopic) {
            case TIER_1 -> topics.soarTier1();
            case TIER_2 -> topics.soarTier2();
            case UPDATES -> topics.soarUpdates();
        };
        sent.filter((id, alert) -> SoarTopic.of(alert) == soarTopic, Named.as("select-" + name))
                .processValues(new RenderCases(CaseFormat.OCSF, options), Named.as("render-ocsf-" + name))
                .to(topic.name(), produced(topic, "write-soar-" + name));
    }

    private void send(KStream<String, Alert> sent, String name, Destination destination) {
        KStream<String, Alert> taken = sent.filter((id, alert) -> destination.takes(alert), Named.as("select-" + name));
        for (boolean opens : List.of(true, false)) {
            String step = name + (opens ? "-open" : "-lifecycle");
            Topic<String, String> topic = opens ? topics.soarOpen(name) : topics.soarLifecycle(name);
            taken.filter((id, alert) -> (SoarTopic.of(alert) != SoarTopic.UPDATES) == opens, Named.as("select-" + step))
                    .processValues(new RenderCases(destination.format(), options), Named.as("render-" + step))
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
