package io.clicktrail.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alerter.AlerterSettings;
import io.clicktrail.console.settings.ConsoleSettings;
import io.clicktrail.correlator.CorrelatorSettings;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.normalizer.CanarySettings;
import io.clicktrail.normalizer.NormalizerSettings;
import io.clicktrail.streams.settings.EdgeSettings;
import io.clicktrail.streams.settings.RegistrySettings;
import io.clicktrail.streams.settings.StreamsSettings;
import io.clicktrail.streams.topics.TopicPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ComposeTest {

    private static final Path FILE =
            Path.of(System.getProperty("clicktrail.root"), "deploy", "compose", "compose.yaml");

    /** What the compose specification has of a service, as far as this file uses it. */
    private static final Set<String> KEYS = Set.of(
            "image",
            "entrypoint",
            "restart",
            "read_only",
            "tmpfs",
            "cap_drop",
            "security_opt",
            "depends_on",
            "environment",
            "healthcheck",
            "network_mode",
            "ports",
            "volumes");

    private static final List<String> SERVICES =
            Stream.concat(TopicPlan.SERVICES.stream(), Stream.of("console")).toList();

    private static final Set<String> CONDITIONS =
            Set.of("service_started", "service_healthy", "service_completed_successfully");

    private final Map<String, Object> file = parsed();
    private final Map<String, Object> services = map(file.get("services"));

    @Test
    void everyServiceIsWrittenAsComposeReadsIt() {
        var volumes = map(file.get("volumes")).keySet();
        services.forEach((name, service) -> {
            assertThat(map(service).keySet()).as(name).isSubsetOf(KEYS);
            assertThat(String.valueOf(map(service).get("image")))
                    .as(name)
                    .matches("\\$\\{[A-Z_]+:-[a-z/-]+(:[0-9.]+)?}(/[a-z]+:\\$\\{[A-Z_]+:-[0-9.]+})?");
            map(map(service).getOrDefault("depends_on", Map.of())).forEach((other, how) -> {
                assertThat(services).as(name).containsKey(other);
                assertThat(CONDITIONS).contains(String.valueOf(map(how).get("condition")));
            });
            for (Object volume : list(map(service).get("volumes"))) {
                assertThat(volumes).contains(String.valueOf(volume).split(":")[0]);
            }
        });
        assertThat(services.keySet()).containsAll(SERVICES);
    }

    @Test
    void theServicesKeepThePolicy() {
        for (String name : SERVICES) {
            var service = map(services.get(name));
            assertThat(service)
                    .as(name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .doesNotContainKey("ports");
        }
    }

    @Test
    void whatIsSetAreSettings() {
        var known = new TreeSet<String>();
        Stream.of(
                        EdgeSettings.class,
                        RegistrySettings.class,
                        StreamsSettings.class,
                        CanarySettings.class,
                        NormalizerSettings.class,
                        EnricherSettings.class,
                        CorrelatorSettings.class,
                        AlerterSettings.class,
                        ConsoleSettings.class)
                .forEach(type -> known.addAll(variables(type)));
        known.add("CLICKTRAIL_TOPICS_REPLICATIONFACTOR");

        services.forEach((name, service) -> assertThat(
                        map(map(service).getOrDefault("environment", Map.of())).keySet().stream()
                                .filter(variable -> variable.startsWith("CLICKTRAIL_")))
                .as(name)
                .allMatch(known::contains));
    }

    /** Environment variables of a record of settings, in the two ways of writing that Spring Boot takes. */
    private static List<String> variables(Class<?> type) {
        var annotation = Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class), type.getName());
        var prefix = annotation.value().isEmpty() ? annotation.prefix() : annotation.value();
        var variables = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            var start = prefix.replace('.', '_').toUpperCase(Locale.ROOT) + "_";
            variables.add(start + component.getName().toUpperCase(Locale.ROOT));
            variables.add(
                    start + component.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
        }
        return variables;
    }

    private static Map<String, Object> parsed() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return map(new Yaml(new SafeConstructor(options)).load(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> map(@Nullable Object node) {
        var copy = new TreeMap<String, Object>();
        ((Map<?, ?>) Objects.requireNonNull(node, "not there"))
                .forEach((key, value) -> copy.put(String.valueOf(key), value == null ? Map.of() : value));
        return copy;
    }

    private static List<?> list(@Nullable Object node) {
        return node == null ? List.of() : (List<?>) node;
    }
}
