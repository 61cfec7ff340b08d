package io.clicktrail.alerter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.ExternalCase;
import io.clicktrail.alert.Handling;
import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.alerter.render.RenderOptions;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.TopologyHarness;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files in deploy/connect name topics that we write, and fields that are there. */
class ConnectFilesTest {

    private static final Path FOLDER =
            Path.of(Objects.requireNonNull(System.getProperty("clicktrail.root")), "deploy", "connect");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TOPIC = Pattern.compile("clicktrail\\.(?:soar|siem|alerts)[a-z0-9.-]*[a-z0-9]");
    private static final Pattern GROUP =
            Pattern.compile("(?:consumer_group|group_id|consumer\\.override\\.group\\.id)\"? ?(?:=>|:) \"?([a-z-]+)");
    private static final Pattern LOGSTASH_TOPICS = Pattern.compile("topics => \\[([^]]*)]");
    private static final Pattern LOGSTASH_FIELD = Pattern.compile("\"((?:\\[[a-z0-9_]+])+)\" =>");
    private static final Pattern FLAT_FIELD = Pattern.compile("this\\.(?:exists\\(\")?([a-z][a-z0-9_]+)");
    private static final Pattern JINJA_FIELD = Pattern.compile("\\{[{%]\\s*(?:if |elif )?([a-z][a-z0-9_]+)");
    private static final Set<String> NO_FIELDS = Set.of("exists", "else", "endif");

    private static TopologyHarness harness;

    @BeforeAll
    static void start() {
        AlerterSettings settings = destinations();
        harness = new TopologyHarness(
                (builder, topics, meters) -> AlerterTopology.build(builder, topics, settings, meters));
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    static Stream<Path> files() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyTopicThatAFileNamesIsOneThatWeWriteOrRead(Path file) {
        Set<String> known = known(harness.topics());

        for (String named :
                topicsIn(read(file) + " " + file.getFileName().toString().replace("_create_template.jinja", ""))) {
            assertThat(known).as(file.toString()).contains(named);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch.json", "splunk.json"})
    void aConnectorReadsJsonByKeyAndOnlyWhatIsCommitted(String file) {
        JsonNode config = JSON.readTree(read(FOLDER.resolve(file))).path("config");

        assertThat(Set.of(config.path("topics").asString().split(","))).isSubsetOf(known(harness.topics()));
        assertThat(config.path("key.converter").asString()).endsWith("StringConverter");
        assertThat(config.path("value.converter").asString()).endsWith("JsonConverter");
        assertThat(config.path("value.converter.schemas.enable").asString()).isEqualTo("false");
        assertThat(config.path("consumer.override.isolation.level").asString()).isEqualTo("read_committed");
    }

    @ParameterizedTest
    @CsvSource({
        "splunk.json, soar",
        "sentinel.conf, soar",
        "elasticsearch.json, siem",
        "splunk-soar.yaml, soar-splunk-soar",
        "thehive.yaml, soar-thehive",
        "servicenow.yaml, soar-servicenow",
        "webhook.yaml, soar-webhook",
        "qradar/rekey.yaml, soar-qradar"
    })
    void itReadsInAGroupThatItsPrincipalMayUse(String file, String principal) {
        var access = new AccessPlan(
                "User:{name}",
                destinations().destinations().keySet().stream().collect(Collectors.toMap(name -> name, name -> false)));
        var group = GROUP.matcher(read(FOLDER.resolve(file)));

        assertThat(group.find()).isTrue();
        assertThat(access.of(principal, harness.topics()).stream()
                        .filter(acl -> acl.pattern().resourceType() == ResourceType.GROUP)
                        .map(acl -> acl.pattern().name()))
                .containsExactly(group.group(1));
    }

    @Test
    void elasticsearchTakesTheKeyForTheId() {
        JsonNode config =
                JSON.readTree(read(FOLDER.resolve("elasticsearch.json"))).path("config");

        assertThat(config.path("key.ignore").asString()).isEqualTo("false");
        assertThat(config.path("write.method").asString())
                .as("with the offset as the version, which an upsert does not take")
                .isEqualTo("insert");
        assertThat(JSON.readTree(read(FOLDER.resolve("elasticsearch-template.json")))
                        .at("/template/mappings/properties/clicktrail/type")
                        .asString())
                .isEqualTo("flattened");
    }

    @ParameterizedTest
    @ValueSource(strings = {"splunk-soar.yaml", "thehive.yaml", "servicenow.yaml", "webhook.yaml", "qradar/rekey.yaml"})
    void aPipelineReadsTopicsOfItsDestinationAndFieldsOfTheFlatCase(String file) {
        Properties pipeline = yaml(file);

        assertThat(List.of(pipeline.getProperty("input.kafka_franz.topics[0]"))).isSubsetOf(known(harness.topics()));
        assertThat(pipeline.getProperty("output.http_client.verb", "POST")).isEqualTo("POST");
        assertThat(flatFields())
                .containsAll(fieldsIn(pipeline.getProperty("pipeline.processors[0].mapping"), FLAT_FIELD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"splunk-soar.yaml", "thehive.yaml", "servicenow.yaml", "webhook.yaml"})
    void aRefusedLogInHoldsAPipelineUpAndDropsNothing(String file) {
        Properties pipeline = yaml(file);

        assertThat(pipeline.stringPropertyNames())
                .as("no second output and no dead letters: what is not taken is read again")
                .noneMatch(key -> key.startsWith("output.fallback") || key.startsWith("output.drop"))
                .doesNotContain("input.kafka_franz.auto_replay_nacks");
        assertThat(pipeline.stringPropertyNames().stream()
                        .filter(key -> key.startsWith("output.http_client.drop_on")
                                || key.startsWith("output.http_client.successful_on"))
                        .map(pipeline::getProperty))
                .as("only what says that the case is there")
                .isSubsetOf("400", "409");
        assertThat(pipeline.getProperty("output.http_client.max_in_flight"))
                .as("in order")
                .isEqualTo("1");
    }

    @Test
    void theTemplatesOfQradarNameFieldsOfTheFlatCase() throws IOException {
        try (var templates = Files.list(FOLDER.resolve("qradar"))) {
            List<Path> jinja =
                    templates.filter(file -> file.toString().endsWith(".jinja")).toList();
            assertThat(jinja).hasSize(2);
            jinja.forEach(file -> assertThat(flatFields()).containsAll(fieldsIn(read(file), JINJA_FIELD)));
        }
    }

    @Test
    void theMapperOfXsoarParsesTheMessageAndNamesFieldsOfTheFlatCase() {
        JsonNode mapping =
                JSON.readTree(read(FOLDER.resolve("xsoar-mapper.json"))).at("/mapping/Clicktrail Case/internalMapping");

        assertThat(mapping.isEmpty()).isFalse();
        for (JsonNode field : mapping) {
            assertThat(field.at("/complex/root").asString()).isEqualTo("Message");
            assertThat(field.at("/complex/transformers/0/operator").asString()).isEqualTo("ParseJSON");
            assertThat(flatFields())
                    .contains(field.at("/complex/transformers/1/args/field/value/simple")
                            .asString());
        }
    }

    @Test
    void theColumnsOfSentinelComeFromFieldsOfTheFinding() {
        String config = read(FOLDER.resolve("sentinel.conf"));
        JsonNode finding =
                JSON.readTree(CaseFormat.OCSF.render(Stories.alert(Stories.executed()), RenderOptions.DEFAULTS));

        var topics = LOGSTASH_TOPICS.matcher(config);
        assertThat(topics.find()).isTrue();
        assertThat(topicsIn(topics.group(1)))
                .containsExactlyInAnyOrder(
                        harness.topics().soarTier1().name(),
                        harness.topics().soarTier2().name(),
                        harness.topics().soarUpdates().name());
        for (String path : fieldsIn(config, LOGSTASH_FIELD)) {
            assertThat(finding.at(path.replace("][", "/").replace("[", "/").replace("]", ""))
                            .isMissingNode())
                    .as(path)
                    .isFalse();
        }
    }

    /** The topics of the catalogue, and those of the destinations that destinations.yaml declares. */
    private static Set<String> known(Topics topics) {
        var names = new HashSet<String>();
        TopicPlan.DEFAULT.layOut(topics).forEach(topic -> names.add(topic.name()));
        destinations()
                .sortedDestinations()
                .keySet()
                .forEach(name -> Stream.of(topics.soarOpen(name), topics.soarLifecycle(name))
                        .map(Topic::name)
                        .forEach(names::add));
        return names;
    }

    private static AlerterSettings destinations() {
        Properties yaml = yaml("destinations.yaml");
        Map<String, String> settings = new java.util.TreeMap<>();
        yaml.forEach((key, value) ->
                settings.put(key.toString().substring("clicktrail.alerter.".length()), value.toString()));
        return TestSettings.with(settings);
    }

    private static Properties yaml(String file) {
        var factory = new YamlPropertiesFactoryBean();
        factory.setResources(new FileSystemResource(FOLDER.resolve(file)));
        return Objects.requireNonNull(factory.getObject());
    }

    private static Set<String> topicsIn(String text) {
        var topics = new TreeSet<String>();
        var matcher = TOPIC.matcher(text);
        while (matcher.find()) {
            if (!matcher.group().contains("<")) {
                topics.add(matcher.group());
            }
        }
        return topics;
    }

    private static Set<String> fieldsIn(String text, Pattern pattern) {
        var fields = new TreeSet<String>();
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (!NO_FIELDS.contains(matcher.group(1))) {
                fields.add(matcher.group(1));
            }
        }
        return fields;
    }

    /**
     * Names of the fields of flat cases; of a case on which something was said, and of one in which a mail was seen.
     */
    private static Set<String> flatFields() {
        Alert alert = Alert.newBuilder(Stories.alert(Stories.executed()))
                .setHandling(Handling.newBuilder()
                        .setExternalCases(List.of(new ExternalCase("qradar", "4711")))
                        .build())
                .build();
        var names = new TreeSet<>(JSON.readTree(CaseFormat.FLAT.render(alert, RenderOptions.DEFAULTS))
                .propertyNames());
        names.add("message_id");
        return names;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
