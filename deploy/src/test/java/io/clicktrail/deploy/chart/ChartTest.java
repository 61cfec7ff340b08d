package io.clicktrail.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

class ChartTest {

    private static final Topics TOPICS =
            Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new RegistrySerdes(new InMemoryRegistry()));

    @Test
    void helmFindsNothingToComplainOf() {
        var result = new Helm(Chart.HOME).lint().strict().quiet().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "minimal", "scram", "large", "foreign"})
    void everyObjectKeepsThePolicy(String values) {
        var chart = Chart.with(values);

        assertThat(chart.objects().stream()
                        .map(each -> each.getKind() + "/" + each.getMetadata().getName()))
                .doesNotHaveDuplicates();
        var pods = pods(chart);
        assertThat(pods).hasSizeGreaterThanOrEqualTo(4);
        pods.forEach(ChartTest::keepsThePolicy);
        assertThat(chart.all(ServiceAccount.class))
                .hasSize(4)
                .allMatch(each -> !each.getAutomountServiceAccountToken());
        assertThat(chart.all(PodDisruptionBudget.class)).hasSize(4);
        assertThat(chart.objects()).noneMatch(each -> each.getKind().equals("Secret"));
    }

    @Test
    void statefulServicesKeepTheirStateInVolumes() {
        var chart = Chart.with("defaults");

        assertThat(chart.all(StatefulSet.class)
                        .map(each -> each.getMetadata().getName())
                        .toList())
                .containsExactlyInAnyOrder("ct-enricher", "ct-correlator", "ct-alerter");
        assertThat(chart.all(StatefulSet.class)).allSatisfy(each -> {
            assertThat(each.getSpec().getVolumeClaimTemplates()).hasSize(1);
            assertThat(each.getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .getFirst()
                            .getReadinessProbe())
                    .isNotNull();
        });
        assertThat(chart.all(Deployment.class).map(each -> each.getMetadata().getName()))
                .containsExactly("ct-normalizer");
        assertThat(chart.all(NetworkPolicy.class)).hasSize(4);
    }

    @Test
    void topicsAreLaidOutAsThePlanSays() {
        var planned = new TopicPlan(12, (short) 3, Duration.ofMillis(604800000), TopicPlan.DEFAULT.maxRecordBytes())
                .layOut(TOPICS).stream()
                        .collect(Collectors.toMap(
                                topic -> topic.name(),
                                topic -> topic.numPartitions() + " × " + topic.replicationFactor() + " "
                                        + new TreeMap<>(topic.configs()),
                                (a, b) -> a,
                                TreeMap::new));

        var rendered = Chart.with("defaults")
                .all(KafkaTopic.class)
                .collect(Collectors.toMap(
                        topic -> topic.getMetadata().getName(),
                        topic -> topic.getSpec().getPartitions() + " × "
                                + topic.getSpec().getReplicas() + " "
                                + new TreeMap<>(topic.getSpec().getConfig()),
                        (a, b) -> a,
                        TreeMap::new));

        assertThat(rendered).isEqualTo(planned);
    }

    @Test
    void usersMayDoWhatThePlanSays() {
        var rendered = new TreeMap<String, TreeSet<String>>();
        Chart.with("scram").all(KafkaUser.class).forEach(user -> {
            var simple = (KafkaUserAuthorizationSimple) user.getSpec().getAuthorization();
            rendered.put(
                    user.getMetadata().getName(),
                    simple.getAcls().stream()
                            .flatMap(ChartTest::inWords)
                            .collect(Collectors.toCollection(TreeSet::new)));
        });

        var planned = new TreeMap<String, TreeSet<String>>();
        for (var principal : AccessPlan.principals()) {
            planned.put(
                    "clicktrail-" + principal,
                    new AccessPlan("User:{name}")
                            .of(principal, TOPICS).stream()
                                    .map(acl -> acl.pattern().resourceType() + " "
                                            + acl.pattern().name() + " "
                                            + acl.pattern().patternType() + " "
                                            + acl.entry().operation())
                                    .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertThat(rendered).isEqualTo(planned);
    }

    @Test
    void theReadmeNamesEveryValueWithItsDefault() throws IOException {
        var rows = new ArrayList<String>();
        rows(rows, "", new Yaml().load(Files.readString(Chart.HOME.resolve("values.yaml"))));

        var table = Files.readAllLines(Chart.HOME.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 2) + 1) + 1))
                .toList();

        assertThat(table).containsExactlyElementsOf(rows);
    }

    @Test
    void valuesThatAreWrongAreRefusedByName() {
        for (var wrong : List.of(
                "kafka.protocol=SSH",
                "topics.manage=maybe",
                "services.enricher.replicas=0",
                "standbyReplicas=9",
                "services.parser.replicas=1",
                "image.tag=latest")) {
            var assignment = wrong.split("=");
            assertThatThrownBy(() -> new Helm(Chart.HOME)
                            .template()
                            .withName("ct")
                            .set(assignment[0], assignment[1])
                            .call())
                    .as(wrong)
                    .hasMessageContaining(assignment[0]
                            .substring(assignment[0].lastIndexOf('.') + 1)
                            .replace("replicas", assignment[0].contains("parser") ? "parser" : "replicas"));
        }
    }

    @Test
    void dashboardsAreOnesThatGrafanaLoads() throws IOException {
        var dashboards = Chart.with("defaults")
                .all(ConfigMap.class)
                .filter(each -> each.getMetadata().getLabels().containsKey("grafana_dashboard"))
                .toList();

        assertThat(dashboards).hasSize(2);
        for (var dashboard : dashboards) {
            var json = JsonMapper.shared()
                    .readTree(dashboard.getData().values().iterator().next());
            Dashboards.requireValid(json);
        }
    }

    private static void keepsThePolicy(PodSpec pod) {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isGreaterThan(0);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
        assertThat(pod.getInitContainers()).isEmpty();
        pod.getContainers().forEach(ChartTest::keepsThePolicy);
    }

    private static void keepsThePolicy(Container container) {
        var security = container.getSecurityContext();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isEmpty();
        assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
        assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
        assertThat(container.getImage()).matches(".+/.+:[^:/]+").doesNotEndWith(":latest");
        assertThat(container.getEnv()).allMatch(variable -> variable.getValueFrom() == null);
    }

    private static List<PodSpec> pods(Chart chart) {
        return Stream.of(
                        chart.all(Deployment.class)
                                .map(each -> each.getSpec().getTemplate().getSpec()),
                        chart.all(StatefulSet.class)
                                .map(each -> each.getSpec().getTemplate().getSpec()),
                        chart.all(Job.class)
                                .map(each -> each.getSpec().getTemplate().getSpec()))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<String> inWords(AclRule rule) {
        var resource = switch (rule.getResource()) {
            case AclRuleTopicResource topic ->
                "TOPIC " + topic.getName() + " "
                        + pattern(topic.getPatternType().name());
            case AclRuleGroupResource group ->
                "GROUP " + group.getName() + " "
                        + pattern(group.getPatternType().name());
            case AclRuleTransactionalIdResource id ->
                "TRANSACTIONAL_ID " + id.getName() + " "
                        + pattern(id.getPatternType().name());
            default -> throw new IllegalArgumentException(rule.getResource().getType());
        };
        return rule.getOperations().stream().map(operation -> resource + " " + operation.name());
    }

    private static String pattern(String strimzi) {
        return strimzi.equals("PREFIX") ? "PREFIXED" : strimzi;
    }

    private static void rows(List<String> rows, String prefix, Map<String, Object> values) {
        values.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                rows(rows, prefix + key + ".", inOrder(map));
            } else {
                rows.add("| `" + prefix + key + "` | `" + (value.equals("") ? "\"\"" : value) + "` |");
            }
        });
    }

    private static Map<String, Object> inOrder(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((name, each) -> copy.put(String.valueOf(name), each));
        return copy;
    }
}
