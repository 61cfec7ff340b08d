package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clicktrail.alert.Alert;
import io.clicktrail.schemas.AvroSerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.settings.ConfiguredSerdes;
import io.clicktrail.streams.settings.RegistrySettings;
import io.clicktrail.streams.testkit.LocalStack;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Confluent's own clients and ours understand each other, through a real broker and a real registry. */
class WireFormatIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final Alert ALERT = SampleRecords.of(Alert.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path ROOT = Path.of(System.getProperty("clicktrail.root"));

    /** Whose classes write or read. */
    enum Maker {
        OURS,
        CONFLUENT;

        AvroSerdes serdes() {
            return switch (this) {
                case OURS -> STACK.serdes();
                case CONFLUENT ->
                    ConfiguredSerdes.of(
                            ConfluentJar.GenuineSerializer.class.getName(),
                            ConfluentJar.GenuineDeserializer.class.getName(),
                            registry().toConfluent());
            };
        }

        private static RegistrySettings registry() {
            return new Binder(
                            new MapConfigurationPropertySource(Map.of("clicktrail.registry.url", STACK.registryUrl())))
                    .bind("clicktrail.registry", RegistrySettings.class)
                    .get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachReadsWhatItHasWrittenItself(Maker maker) {
        var topics = topics("own-" + maker.name().toLowerCase(Locale.ROOT), maker);

        STACK.produce(topics.alerts(), "key", ALERT);

        assertThat(STACK.consume(topics.alerts(), 1))
                .singleElement()
                .satisfies(read -> assertThat(read.value()).isEqualTo(ALERT));
    }

    @ParameterizedTest
    @EnumSource
    void eachReadsWhatTheOtherHasWritten(Maker writer) {
        var reader = writer == Maker.OURS ? Maker.CONFLUENT : Maker.OURS;
        var prefix = "from-" + writer.name().toLowerCase(Locale.ROOT);

        STACK.produce(topics(prefix, writer).alerts(), "key", ALERT);

        assertThat(STACK.consume(topics(prefix, reader).alerts(), 1))
                .singleElement()
                .satisfies(read -> assertThat(read.value()).isEqualTo(ALERT));
    }

    @Test
    void confluentsNodeClientReadsOurs() throws IOException, InterruptedException {
        assumeTrue(isOnPath("node") && isOnPath("npm"), "Node.js is not installed");
        var topics = topics("node", Maker.OURS);
        STACK.produce(topics.alerts(), "key", ALERT);

        var output = runNode(
                installedProject(),
                "node",
                "read-topic.mjs",
                STACK.bootstrapServers(),
                STACK.registryUrl(),
                topics.alerts().name());

        assertThat(leaves(JSON.readTree(output))).isEqualTo(expectedLeaves());
    }

    private static Topics topics(String prefix, Maker maker) {
        STACK.topics(prefix);
        return Topics.of(prefix, Topics.DEFAULT_RAW, maker.serdes());
    }

    private static Map<String, String> expectedLeaves() throws IOException {
        return leaves(JSON.readTree(generic(ALERT)));
    }

    /** As JSON with times as numbers, which is how those see them who know nothing of our types. */
    private static String generic(Alert alert) throws IOException {
        var bytes = alert.toByteBuffer();
        var decoder = new BinaryMessageDecoder<>(new GenericData(), alert.getSchema());
        return String.valueOf((Object) decoder.decode(bytes));
    }

    private static Map<String, String> leaves(JsonNode node) {
        var leaves = new TreeMap<String, String>();
        collect("", node, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isValueNode()) {
            leaves.put(path, node.isNull() ? "null" : node.asString());
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "[" + i + "]", node.get(i), leaves);
            }
        } else {
            node.properties().forEach(entry -> collect(path + "." + entry.getKey(), entry.getValue(), leaves));
        }
    }

    /** The Node.js project, copied and installed below target once for each lock file. */
    private static Path installedProject() throws IOException, InterruptedException {
        var source = ROOT.resolve("streams/src/test/node");
        var target = Files.createDirectories(ROOT.resolve("streams/target/node"));
        var installed = target.resolve("package-lock.json");
        boolean current = Files.exists(target.resolve("node_modules"))
                && Files.exists(installed)
                && Files.mismatch(source.resolve("package-lock.json"), installed) < 0;
        for (var name : List.of("package.json", "package-lock.json", "read-topic.mjs")) {
            Files.copy(source.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!current) {
            runNode(target, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
        return target;
    }

    private static String runNode(Path directory, String... command) throws IOException, InterruptedException {
        var errors = directory.resolve("errors.log").toFile();
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(() -> String.join(" ", command) + " says\n" + output + read(errors.toPath()))
                .isZero();
        return output;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
