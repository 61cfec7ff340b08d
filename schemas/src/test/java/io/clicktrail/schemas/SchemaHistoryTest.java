package io.clicktrail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.clicktrail.feedback.Feedback;
import io.clicktrail.state.Bucket;
import io.clicktrail.state.CaseGroup;
import io.clicktrail.state.DeliveryAnswer;
import io.clicktrail.state.DeliveryNote;
import io.clicktrail.state.Dispatch;
import io.clicktrail.state.Finding;
import io.clicktrail.state.LimitShare;
import io.clicktrail.state.Storm;
import io.clicktrail.state.Subject;
import io.clicktrail.state.SubjectNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps the history of the schemas complete. Run with {@code -Dclicktrail.schemas.accept=newest} to bring the newest
 * file of each type up to date while it is unreleased, and with {@code =next} to add a version after a release.
 */
class SchemaHistoryTest {

    private static final String ACCEPT = System.getProperty("clicktrail.schemas.accept", "");
    private static final Path FILES =
            Path.of(System.getProperty("clicktrail.root"), "schemas/src/main/resources/io/clicktrail/schemas/history");
    /** Types that live in stores and between the parts of a service only; an upgrade finds them there as well. */
    private static final List<Class<? extends SpecificRecord>> STATE = List.of(
            Feedback.class,
            SubjectNote.class,
            Subject.class,
            Finding.class,
            CaseGroup.class,
            Bucket.class,
            LimitShare.class,
            DeliveryNote.class,
            DeliveryAnswer.class,
            Dispatch.class,
            Storm.class);

    private static final GenericData GENERIC = new GenericData();
    private static final int SAMPLES = 50;

    @BeforeAll
    static void acceptWhereAsked() {
        if (!ACCEPT.isEmpty()) {
            types().map(TopicTypes::schema).filter(schema -> !isNewest(schema)).forEach(SchemaHistoryTest::accept);
        }
    }

    static Stream<Class<? extends SpecificRecord>> types() {
        return Stream.concat(TopicTypes.types().stream(), STATE.stream());
    }

    @ParameterizedTest
    @MethodSource("types")
    void newestFileIsTheSchemaOfThisRelease(Class<? extends SpecificRecord> type) {
        if (!isNewest(TopicTypes.schema(type))) {
            fail("The schema of " + type.getSimpleName() + " has changed and no file of " + FILES + " holds it."
                    + " Run this test with -Dclicktrail.schemas.accept=newest while the newest file is unreleased,"
                    + " and with =next after a release; commit the file.");
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyVersionReadsEveryOther(Class<? extends SpecificRecord> type) {
        var versions = new ArrayList<>(filesOf(TopicTypes.schema(type)));
        versions.add(TopicTypes.schema(type));
        for (var reader : versions) {
            for (var writer : versions) {
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                .getType())
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void stateOfEveryEarlierVersionIsRead(Class<? extends SpecificRecord> type) throws IOException {
        var serde = new StateSerdes().of(type);
        for (var version : filesOf(TopicTypes.schema(type))) {
            var encoder = new BinaryMessageEncoder<>(GENERIC, version);
            for (var datum : new RandomData(GENERIC, version, SAMPLES, 20_260_302L)) {
                var bytes = encoder.encode(datum).array();

                assertThat(serde.deserializer().deserialize("state", bytes)).isInstanceOf(type);
            }
        }
    }

    private static boolean isNewest(Schema schema) {
        var versions = filesOf(schema);
        return !versions.isEmpty()
                && versions.getLast().toString().equals(PlainSchema.of(schema).toString());
    }

    /** From the source folder, because an accepted file is not on the class path yet. */
    static ArrayList<Schema> filesOf(Schema schema) {
        var versions = new ArrayList<Schema>();
        for (int number = 1; Files.exists(file(schema, number)); number++) {
            try {
                versions.add(new Schema.Parser().parse(file(schema, number).toFile()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return versions;
    }

    private static void accept(Schema schema) {
        int newest = filesOf(schema).size();
        int number = switch (ACCEPT) {
            case "newest" -> Math.max(1, newest);
            case "next" -> newest + 1;
            default -> throw new IllegalArgumentException("clicktrail.schemas.accept is newest or next");
        };
        try {
            Files.createDirectories(file(schema, number).getParent());
            Files.writeString(file(schema, number), PlainSchema.of(schema).toString(true) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Schema schema, int number) {
        return FILES.resolve(schema.getName()).resolve(number + ".avsc");
    }
}
