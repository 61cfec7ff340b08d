package io.clicktrail.deploy.chart;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The chart as Helm renders it with a set of values. */
public final class Chart {

    public static final Path HOME = Path.of(System.getProperty("clicktrail.root"), "deploy", "helm", "clicktrail");

    /** Annotation of what is a hook in the real chart. */
    static final String HOOK = "hook-of-helm.sh/hook";

    /** Helm leaves hooks out of what it renders, so in the copy that the tests render they are ordinary objects. */
    private static final Path WITHOUT_HOOKS = withoutHooks();

    private static final Path VALUES =
            Path.of(System.getProperty("clicktrail.root"), "deploy", "src", "test", "resources", "values");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class),
            Map.entry("kafka.strimzi.io/v1beta2/KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1beta2/KafkaUser", KafkaUser.class),
            Map.entry("keda.sh/v1alpha1/ScaledObject", ScaledObject.class));

    /**
     * Rejects unknown properties, which the models would keep with their any-setters. With Jackson 2, whose annotations
     * the models of fabric8 and Strimzi have.
     */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final List<HasMetadata> objects;
    private final Set<String> kinds;

    private Chart(List<HasMetadata> objects, Set<String> kinds) {
        this.objects = List.copyOf(objects);
        this.kinds = Set.copyOf(kinds);
    }

    /** Renders the chart with a file of {@code src/test/resources/values}, and reads every object strictly. */
    public static Chart with(String values) {
        return with(values, "1.32");
    }

    /** The same, for a cluster of a version, whose own models check the objects too. */
    public static Chart with(String values, String kubernetes) {
        var text = render(VALUES.resolve(values + ".yaml"), kubernetes);
        var objects = new ArrayList<HasMetadata>();
        var kinds = new TreeSet<String>();
        for (Object document : documents(text)) {
            if (document instanceof Map<?, ?> fields) {
                var apiVersion = String.valueOf(fields.get("apiVersion"));
                var kind = apiVersion + "/" + fields.get("kind");
                var type = Objects.requireNonNull(KINDS.get(kind), kind + " is not expected");
                objects.add(STRICT.convertValue(document, type));
                kinds.add(kind);
                if (KubernetesApi.has(apiVersion)) {
                    KubernetesApi.of(kubernetes).check(String.valueOf(fields.get("kind")), fields);
                }
            }
        }
        return new Chart(objects, kinds);
    }

    /** The chart's objects as Helm writes them with a file of values, for a cluster of a version. */
    static String render(Path values, String kubernetes) {
        return new Helm(WITHOUT_HOOKS)
                .template()
                .withName("ct")
                .withNamespace("security")
                .withKubeVersion(kubernetes)
                .withValuesFile(values)
                .call();
    }

    /** The files of values that the tests render the chart with. */
    static List<Path> valuesFiles() {
        try (var files = Files.list(VALUES)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path withoutHooks() {
        Path copy = Path.of("target", "chart").toAbsolutePath();
        try (var files = Files.walk(HOME, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(HOME.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.writeString(to, Files.readString(file).replace("\"helm.sh/hook\"", '"' + HOOK + '"'));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** YAML documents without duplicate keys. */
    static Iterable<Object> documents(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).loadAll(text);
    }

    public List<HasMetadata> objects() {
        return objects;
    }

    /** API version and kind of the objects, as rendered. */
    public Set<String> kinds() {
        return kinds;
    }

    public <T> Stream<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }
}
