package io.clicktrail.alerter.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.HostileText;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.casefile.CaseFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CaseFormatTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ID =
            Pattern.compile("[a-z][a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    @ParameterizedTest
    @EnumSource(value = CaseFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "AVRO")
    void noFormatIsTooLargeOrHidesText(CaseFormat format) {
        for (Alert alert : List.of(
                Stories.alert(HostileText.detection()),
                Stories.alert(HostileText.flood("\u202E<b>\\\"".repeat(100_000), 24)))) {
            String text = format.render(alert, RenderOptions.ocsf("1.8.0"));

            assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(256 * 1024);
            assertThat(text.codePoints())
                    .noneMatch(point -> point != '\n'
                            && (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT));
        }
    }

    @Test
    void thePageListsEveryFormat() throws IOException {
        List<String> listed =
                Files.readAllLines(Path.of(System.getProperty("clicktrail.root", ".."), "docs", "soar.md")).stream()
                        .dropWhile(line -> !line.startsWith("| format |"))
                        .skip(2)
                        .takeWhile(line -> line.startsWith("| `"))
                        .map(line -> line.split("`", -1)[1])
                        .toList();

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(Stream.of(CaseFormat.values())
                        .map(format -> format.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void aStixBundleHoldsWhatItsObjectsNeedAndReferTo() {
        for (Alert alert : List.of(
                Stories.alert(Stories.executed()),
                Stories.alert(Stories.contacted()),
                Stories.alert(HostileText.detection()))) {
            JsonNode bundle = JSON.readTree(StixJson.of(alert));
            Set<String> ids = new HashSet<>();
            for (JsonNode object : bundle.path("objects")) {
                assertThat(ids.add(object.path("id").asString())).isTrue();
            }

            assertThat(bundle.path("type").asString()).isEqualTo("bundle");
            for (JsonNode object : bundle.path("objects")) {
                String type = object.path("type").asString();
                assertThat(object.path("id").asString()).matches(ID).startsWith(type + "--");
                assertThat(object.path("spec_version").asString()).isEqualTo("2.1");
                for (String reference : references(object)) {
                    assertThat(ids).contains(reference);
                }
                for (String time : List.of("created", "modified", "first_observed", "last_observed", "valid_from")) {
                    if (object.has(time)) {
                        assertThat(object.path(time).asString()).matches(TIME);
                    }
                }
                assertThat(required(type))
                        .allSatisfy(name -> assertThat(object.has(name))
                                .as(type + "." + name)
                                .isTrue());
            }
        }
    }

    @Test
    void idsOfStixObservablesAreThoseOfTheSpecification() {
        // UUIDv5 of {"value":"203.0.113.77"} in the name space of section 2.9.
        assertThat(StixJson.of(Stories.alert(Stories.executed())))
                .contains("ipv4-addr--"
                        + com.fasterxml.uuid.Generators.nameBasedGenerator(
                                        java.util.UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7"))
                                .generate("{\"value\":\"203.0.113.77\"}"));
    }

    @Test
    void everyFormSaysWhatTheOrganisationKnowsOfHostAndUser() {
        Alert alert = new CaseFile(Stories.WITH_ASSETS).of(Stories.executed());

        assertThat(Published.OCSF.errors(AlertOcsfJson.of(alert))).isEmpty();
        assertThat(AlertOcsfJson.of(alert))
                .contains("\"type\":\"Laptop\"", "\"is_managed\":true", "\"zone\":\"office\"")
                .contains("\"is_vip\":true", "\"department\":\"Finance\"", "\"id\":\"playbook--1\"");
        EcsFieldTypesTest.check(alert);
        assertThat(AlertEcsJson.of(alert)).contains("\"type\":\"laptop\"", "\"roles\":[\"vip\"]");
        assertThat(FlatJson.of(alert)).contains("\"host_criticality\":5", "\"playbooks\":[\"playbook--1\"]");
    }

    @Test
    void ocsfStatesTheVersionThatWasAskedFor() {
        JsonNode finding =
                JSON.readTree(CaseFormat.OCSF.render(Stories.alert(Stories.executed()), RenderOptions.ocsf("1.8.0")));

        assertThat(finding.at("/metadata/version").asString()).isEqualTo("1.8.0");
        assertThat(finding.at("/unmapped/det0066/cloudevent/dataschema").asString())
                .contains("/1.8.0/");
    }

    @ParameterizedTest
    @EnumSource(value = CaseFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "AVRO")
    void aTextFormatWritesAFileOfCases(CaseFormat format) throws IOException {
        var out = new ByteArrayOutputStream();

        format.write(List.of(Stories.alert(Stories.executed())), RenderOptions.DEFAULTS, out);

        assertThat(format.isText()).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("rnicrosoft", "Invoice");
    }

    @Test
    void anAvroFileHoldsTheCasesAndTheirSchema() throws IOException {
        Alert alert = Stories.alert(Stories.executed());
        var out = new ByteArrayOutputStream();

        CaseFormat.AVRO.write(List.of(alert, alert), RenderOptions.DEFAULTS, out);

        try (var file = new DataFileReader<>(
                new SeekableByteArrayInput(out.toByteArray()), new SpecificDatumReader<>(Alert.class))) {
            assertThat(file.getSchema()).isEqualTo(Alert.getClassSchema());
            assertThat(file.iterator()).toIterable().containsExactly(alert, alert);
        }
    }

    private static List<String> references(JsonNode object) {
        var references = new java.util.ArrayList<String>();
        object.propertyNames().forEach(name -> {
            if (name.endsWith("_ref")) {
                references.add(object.path(name).asString());
            } else if (name.endsWith("_refs")) {
                object.path(name).forEach(reference -> references.add(reference.asString()));
            }
        });
        return references;
    }

    /** Required beside what all objects have; STIX 2.1 sections 4 to 6. */
    private static List<String> required(String type) {
        return switch (type) {
            case "identity", "attack-pattern" -> List.of("name", "created", "modified");
            case "observed-data" ->
                List.of("first_observed", "last_observed", "number_observed", "object_refs", "created", "modified");
            case "sighting" -> List.of("sighting_of_ref", "created", "modified");
            case "indicator" -> List.of("pattern", "pattern_type", "valid_from", "created", "modified");
            case "report" -> List.of("name", "published", "object_refs", "created", "modified");
            case "url", "domain-name", "ipv4-addr", "ipv6-addr", "email-addr" -> List.of("value");
            case "file", "user-account" -> List.of();
            default -> throw new AssertionError("unexpected " + type);
        };
    }
}
