package io.clicktrail.schemas.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.QuarantinePolicy;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TuningElementsTest {

    private static final int KEYS_BESIDE_THE_ELEMENTS = 4;

    @BeforeAll
    static void trustGeneratedTypes() {
        AvroSetup.install();
    }

    static Stream<Platform> platforms() {
        return BuiltInTuning.PLATFORMS.stream();
    }

    static Stream<TuningElement<?>> elements() {
        return TuningElements.ALL.stream();
    }

    @ParameterizedTest
    @CsvSource({"WINDOWS,15,30,IGNORE", "LINUX,20,70,IGNORE", "MACOS,30,30,ALERT_IF_MISSING"})
    void buildInMitresValues(Platform platform, long window, int score, QuarantinePolicy policy) {
        Tuning document = BuiltInTuning.of(platform);
        assertThat(Duration.ofMillis(document.getTimeWindowMs())).isEqualTo(Duration.ofMinutes(window));
        assertThat(Duration.ofMillis(document.getFollowOnMs())).isEqualTo(Duration.ofMinutes(60));
        assertThat(Duration.ofMillis(document.getSkewMs())).isEqualTo(Duration.ofMinutes(2));
        assertThat(Duration.ofMillis(document.getGraceMs())).isEqualTo(Duration.ofMinutes(10));
        assertThat(document.getDomainRiskScore()).isEqualTo(score);
        assertThat(document.getQuarantinePolicy()).isEqualTo(policy);
        assertThat(document.getVersion()).startsWith("builtin-");
        assertThat(document.getAllowedCdns()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void passTheirOwnCheckBuiltIn(Platform platform) {
        assertThat(TuningCheck.problems(BuiltInTuning.of(platform))).isEmpty();
    }

    @Test
    void nameEveryFieldOfTheRecordOnce() {
        assertThat(TuningElements.ALL)
                .hasSize(Tuning.getClassSchema().getFields().size() - KEYS_BESIDE_THE_ELEMENTS)
                .doesNotHaveDuplicates();
        assertThat(TuningElements.BY_NAME).hasSameSizeAs(TuningElements.ALL);
    }

    @ParameterizedTest
    @MethodSource("elements")
    void writeTheFieldThatTheyRead(TuningElement<?> element) {
        var others = new ArrayList<>(TuningElements.ALL);
        others.remove(element);
        Tuning before = BuiltInTuning.of(Platform.WINDOWS);
        Tuning after = changed(element);

        assertThat(element.plain(after)).isNotEqualTo(element.plain(before));
        assertThat(others)
                .allSatisfy(
                        other -> assertThat(other.plain(after)).as(other.name()).isEqualTo(other.plain(before)));
    }

    private static <T> Tuning changed(TuningElement<T> element) {
        var document = BuiltInTuning.builder(Platform.WINDOWS);
        element.writer().accept(document, another(element, element.reader().apply(BuiltInTuning.of(Platform.WINDOWS))));
        return document.build();
    }

    @SuppressWarnings("unchecked")
    private static <T> T another(TuningElement<T> element, T value) {
        return (T)
                switch (value) {
                    case Long millis -> millis + 1;
                    case Integer number -> number + 1;
                    case Enum<?> constant -> {
                        var constants = constant.getDeclaringClass().getEnumConstants();
                        yield constants[(constant.ordinal() + 1) % constants.length];
                    }
                    case List<?> list -> list.isEmpty() ? List.of(element.name()) : list.subList(1, list.size());
                    default -> throw new AssertionError("a value of another kind: " + value);
                };
    }

    @Test
    void refuseAVersionThatIsBlankAnUnknownPlatformAndTooManyEntries() {
        var document = BuiltInTuning.builder(Platform.UNKNOWN)
                .setVersion(" ")
                .setUserPaths(Stream.generate(() -> "/x").limit(6_000).toList())
                .setBrowserParents(Stream.generate(() -> "x").limit(6_000).toList())
                .build();

        assertThat(TuningCheck.problems(document))
                .extracting(TuningProblem::toString)
                .containsExactly(
                        "platform: one of WINDOWS, LINUX, MACOS",
                        "version: must not be empty",
                        "document: more than 10000 entries in all lists together");
    }

    @Test
    void refuseAnAllowedNameWithoutOwnerOrReason() {
        var entry = BuiltInTuning.of(Platform.LINUX).getAllowedCdns().getFirst();
        var document = BuiltInTuning.builder(Platform.LINUX)
                .setAllowedCdns(
                        List.of(entry, new AllowEntry("a.com", entry.getScope(), " ", "because", entry.getExpires())))
                .build();

        assertThat(TuningCheck.problems(document))
                .containsExactly(TuningProblem.ofEntry("AllowedCDNs", 1, "a.com needs an owner and a reason"));
    }

    /** A field that an older release has not written has its Avro default, which must not make the document invalid. */
    @ParameterizedTest
    @MethodSource("platforms")
    void acceptADocumentWrittenBeforeTheNewestFields(Platform platform) throws IOException {
        Schema newest = Tuning.getClassSchema();
        Schema older = Schema.createRecord(
                newest.getName(),
                null,
                newest.getNamespace(),
                false,
                newest.getFields().stream()
                        .filter(field -> !field.hasDefaultValue())
                        .map(field -> new Schema.Field(field.name(), field.schema()))
                        .toList());
        Tuning document = BuiltInTuning.of(platform);
        var written = new GenericData.Record(older);
        older.getFields().forEach(field -> written.put(field.name(), document.get(field.name())));
        var decoder = new BinaryMessageDecoder<Tuning>(SpecificData.getForClass(Tuning.class), newest);
        decoder.addSchema(older);

        Tuning read = decoder.decode(
                new BinaryMessageEncoder<>(SpecificData.getForClass(Tuning.class), older).encode(written));

        assertThat(TuningCheck.problems(read)).isEmpty();
    }

    @Test
    void areInTheDocumentationWithRangeAndDefault() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("clicktrail.root"), "docs/tuning.md"));

        assertThat(page.lines())
                .as("rows of docs/tuning.md: name, values, default")
                .filteredOn(line -> line.startsWith("| `"))
                .extracting(line ->
                        line.substring(0, line.indexOf(" |", line.indexOf(" |", line.indexOf(" |") + 1) + 1)))
                .containsExactlyElementsOf(TuningElements.ALL.stream()
                        .map(element ->
                                "| `" + element.name() + "` | " + element.type().range() + " | " + defaultOf(element))
                        .toList());
    }

    private static String defaultOf(TuningElement<?> element) {
        var values = BuiltInTuning.PLATFORMS.stream()
                .map(platform -> inWords(element.plain(BuiltInTuning.of(platform))))
                .toList();
        return values.stream().distinct().count() == 1
                ? values.getFirst()
                : "Windows %s, Linux %s, macOS %s".formatted(values.toArray());
    }

    private static String inWords(Object value) {
        return value instanceof List<?> list ? list.isEmpty() ? "none" : list.size() + " entries" : value.toString();
    }
}
