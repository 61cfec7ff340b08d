package io.clicktrail.deploy.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alerter.AlerterSettings;
import io.clicktrail.alerter.AlerterTopology;
import io.clicktrail.console.ConsoleTopology;
import io.clicktrail.console.kafka.CaseTable;
import io.clicktrail.console.pipeline.JudgedWith;
import io.clicktrail.console.queue.CaseQueue;
import io.clicktrail.console.sensors.HostSensors;
import io.clicktrail.correlator.CorrelatorSettings;
import io.clicktrail.correlator.CorrelatorTopology;
import io.clicktrail.enricher.EnricherTopology;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.normalizer.NormalizerSettings;
import io.clicktrail.normalizer.NormalizerTopology;
import io.clicktrail.normalizer.heartbeat.HeartbeatTrust;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The shipped access against what the topologies really read, write and keep. */
class AccessTest {

    private static final Topics TOPICS =
            Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new RegistrySerdes(new InMemoryRegistry()));
    private static final MeterRegistry METERS = new SimpleMeterRegistry();

    @Test
    void theNormalizerHasWhatItsTopologyNeedsAndNoMore() {
        assertExact(
                "normalizer",
                builder -> NormalizerTopology.build(
                        builder, TOPICS, settings("normalizer", NormalizerSettings.class), HeartbeatTrust.NONE, METERS),
                "TOPIC " + TOPICS.raw().getFirst().name() + " WRITE"); // its canaries
    }

    @Test
    void theEnricherHasWhatItsTopologyNeedsAndNoMore() {
        assertExact(
                "enricher",
                builder -> EnricherTopology.build(
                        builder, TOPICS, settings("enricher", EnricherSettings.class), Catalogues.bundled(), METERS));
    }

    @Test
    void theCorrelatorHasWhatItsTopologyNeedsAndNoMore() {
        assertExact(
                "correlator",
                builder -> CorrelatorTopology.build(
                        builder, TOPICS, settings("correlator", CorrelatorSettings.class), METERS));
    }

    @Test
    void theAlerterHasWhatItsTopologyNeedsAndNoMore() {
        assertExact(
                "alerter",
                builder -> AlerterTopology.build(builder, TOPICS, settings("alerter", AlerterSettings.class), METERS));
    }

    @Test
    void theConsoleReadsItsTablesWatchesThePipelineAndWritesFeedbackAlone() {
        var builder = new StreamsBuilder();
        ConsoleTopology.build(builder, TOPICS, new CaseTable(new CaseQueue(100), new HostSensors(), new JudgedWith()));
        var needed = new TreeSet<String>();
        collect(needed, builder.build().describe(), "clicktrail-console-");
        needed.add(words(TOPICS.rejected().name(), AclOperation.READ));
        needed.add(words(TOPICS.soarFeedback().name(), AclOperation.WRITE));
        TOPICS.raw().forEach(topic -> needed.add(words(topic.name(), AclOperation.DESCRIBE)));
        for (Topic<?, ?> watched : List.of(
                TOPICS.events(),
                TOPICS.evidence(),
                TOPICS.context(),
                TOPICS.detections(),
                TOPICS.alerts(),
                TOPICS.identities(),
                TOPICS.domains(),
                TOPICS.domainsHistory(),
                TOPICS.coverage(),
                TOPICS.tuning(),
                TOPICS.intel(),
                TOPICS.organisation(),
                TOPICS.soarFeedback())) {
            needed.add(words(watched.name(), AclOperation.DESCRIBE));
        }
        TopicPlan.SERVICES.forEach(service -> needed.add("GROUP clicktrail-" + service + " DESCRIBE"));
        List.of("enricher", "alerter")
                .forEach(service -> needed.add(words("clicktrail-" + service + "-", AclOperation.DESCRIBE)));
        needed.add("GROUP clicktrail-console READ");

        assertThat(given("console")).isEqualTo(needed);
    }

    @Test
    void everyTopicOfTheCatalogueIsLaidOut() {
        var catalogue = new TreeSet<String>();
        for (var component : Topics.class.getRecordComponents()) {
            try {
                if (component.getAccessor().invoke(TOPICS) instanceof Topic<?, ?> topic) {
                    catalogue.add(topic.name());
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(component.getName(), e);
            }
        }
        TOPICS.raw().forEach(topic -> catalogue.add(topic.name()));
        TopicPlan.SERVICES.forEach(service -> catalogue.add(TOPICS.dlq(service)));

        assertThat(TopicPlan.DEFAULT.layOut(TOPICS).stream().map(NewTopic::name))
                .containsExactlyInAnyOrderElementsOf(catalogue);
    }

    @Test
    void theAlerterAndItsDestinationsHaveTheTopicsOfTheDestinationsAlone() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "clicktrail.alerter.destinations.hive.feedback", "case",
                        "clicktrail.alerter.destinations.tip.format", "stix")))
                .bindOrCreate("clicktrail.alerter", AlerterSettings.class);
        var builder = new StreamsBuilder();
        AlerterTopology.build(builder, TOPICS, settings, METERS);
        var needed = new TreeSet<String>();
        collect(needed, builder.build().describe(), "clicktrail-alerter-");
        var access = new AccessPlan("User:{name}", Map.of("hive", true, "tip", false));

        assertThat(given(access, "alerter")).containsAll(needed);
        assertThat(given(access, "alerter").stream().filter(each -> each.contains("hive") || each.contains("tip")))
                .allMatch(needed::contains);
        assertThat(given(access, "soar-hive"))
                .containsExactly(
                        "GROUP clicktrail-soar-hive READ",
                        "TOPIC clicktrail.soar.hive.feedback WRITE",
                        "TOPIC clicktrail.soar.hive.lifecycle READ",
                        "TOPIC clicktrail.soar.hive.open READ");
        assertThat(given(access, "soar-tip")).doesNotContain("TOPIC clicktrail.soar.tip.feedback WRITE");
        assertThat(access.all()).contains("soar", "soar-hive", "soar-tip").doesNotContain("soar-{destination}");
    }

    private static void assertExact(String service, Consumer<StreamsBuilder> topology, String... extra) {
        var builder = new StreamsBuilder();
        topology.accept(builder);
        var needed = new TreeSet<String>();
        collect(needed, builder.build().describe(), "clicktrail-" + service + "-");
        needed.addAll(List.of(extra));
        needed.add("GROUP clicktrail-" + service + " READ");
        needed.add("TRANSACTIONAL_ID clicktrail-" + service + "- WRITE");
        needed.add("TOPIC " + TOPICS.dlq(service) + " WRITE");

        assertThat(given(service)).isEqualTo(needed);
    }

    private static TreeSet<String> given(String principal) {
        return given(new AccessPlan("User:{name}"), principal);
    }

    private static TreeSet<String> given(AccessPlan access, String principal) {
        var given = new TreeSet<String>();
        for (var acl : access.of(principal, TOPICS)) {
            given.add(acl.pattern().resourceType() + " " + acl.pattern().name() + " "
                    + acl.entry().operation());
        }
        return given;
    }

    private static void collect(TreeSet<String> needed, TopologyDescription description, String internal) {
        description
                .globalStores()
                .forEach(store -> store.source().topicSet().forEach(topic -> read(needed, topic, "")));
        for (var part : description.subtopologies()) {
            for (var node : part.nodes()) {
                switch (node) {
                    case TopologyDescription.Source source ->
                        source.topicSet().forEach(topic -> read(needed, topic, internal));
                    case TopologyDescription.Sink sink -> {
                        if (isOurs(sink.topic())) {
                            needed.add(words(sink.topic(), AclOperation.WRITE));
                        }
                    }
                    case TopologyDescription.Processor processor -> {
                        if (!processor.stores().isEmpty()) {
                            keep(needed, internal);
                        }
                    }
                    default -> throw new IllegalStateException(node.toString());
                }
            }
        }
    }

    private static void read(TreeSet<String> needed, String topic, String internal) {
        if (isOurs(topic)) {
            needed.add(words(topic, AclOperation.READ));
        } else {
            keep(needed, internal);
            needed.add(words(internal, AclOperation.DELETE));
        }
    }

    private static void keep(TreeSet<String> needed, String internal) {
        needed.add(words(internal, AclOperation.CREATE));
        needed.add(words(internal, AclOperation.READ));
        needed.add(words(internal, AclOperation.WRITE));
    }

    private static boolean isOurs(String topic) {
        return topic.startsWith(Topics.DEFAULT_PREFIX + ".");
    }

    private static String words(String topic, AclOperation operation) {
        return ResourceType.TOPIC + " " + topic + " " + operation;
    }

    /** The defaults, and every topic in use. */
    private static <T> T settings(String service, Class<T> type) {
        var all = Map.of("clicktrail.enricher.enriched-events", "ecs");
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("clicktrail." + service, type);
    }
}
