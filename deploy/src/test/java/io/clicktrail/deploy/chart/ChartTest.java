package io.clicktrail.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.marcnuri.helm.Helm;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

class ChartTest {

    private static final String MEANING = "# -- ";

    private static final Topics TOPICS =
            Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new RegistrySerdes(new InMemoryRegistry()));

    /** Of the alerter in the file custom, and whether each gives feedback. */
    private static final Map<String, Boolean> DESTINATIONS = Map.of("thehive", true, "tip", false);

    @Test
    void helmFindsNothingToComplainOf() {
        var result = new Helm(Chart.HOME).lint().strict().quiet().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    /** The oldest version that the chart allows, and two later ones. */
    static Stream<Arguments> everyVersionWithAllValues() {
        return KubernetesApi.VERSIONS.stream()
                .flatMap(version -> Chart.valuesFiles().stream().map(values -> arguments(version, nameOf(values))));
    }

    @ParameterizedTest
    @MethodSource("everyVersionWithAllValues")
    void everyVersionOfKubernetesKnowsEveryFieldAndMissesNone(String kubernetes, String values) {
        assertThat(Chart.with(values, kubernetes).objects()).isNotEmpty();
    }

    @Test
    void theModelsOfAVersionRefuseWhatItsApiServerWould() {
        var selector = Map.of("matchLabels", Map.of("app", "a"));
        for (var version : KubernetesApi.VERSIONS) {
            var api = KubernetesApi.of(version);
            api.check("Deployment", deployment(Map.of("selector", selector), Map.of("securityContext", Map.of())));
            assertThatThrownBy(() -> api.check("Deployment", deployment(Map.of(), Map.of())))
                    .hasMessageContaining("selector");
            assertThatThrownBy(() -> api.check(
                            "Deployment", deployment(Map.of("selector", selector), Map.of("readinesProbe", Map.of()))))
                    .hasMessageContaining("readinesProbe");
            assertThatThrownBy(() -> api.check(
                            "Deployment", deployment(Map.of("selector", selector), Map.of("image", List.of("a")))))
                    .hasMessageContaining("image");
        }
        assertThat(versionsWithField(
                        Map.of("securityContext", Map.of("appArmorProfile", Map.of("type", "Unconfined")))))
                .as("since 1.30")
                .containsExactly("1.32", "1.34");
        assertThat(versionsWithField(Map.of("lifecycle", Map.of("stopSignal", "SIGTERM"))))
                .as("since 1.33")
                .containsExactly("1.34");
    }

    private static List<String> versionsWithField(Map<String, Object> container) {
        var selector = Map.<String, Object>of("selector", Map.of("matchLabels", Map.of("app", "a")));
        return KubernetesApi.VERSIONS.stream()
                .filter(version -> {
                    try {
                        KubernetesApi.of(version).check("Deployment", deployment(selector, container));
                        return true;
                    } catch (IllegalArgumentException e) {
                        return false;
                    }
                })
                .toList();
    }

    private static Map<String, Object> deployment(Map<String, Object> more, Map<String, Object> container) {
        var all = new HashMap<String, Object>(container);
        all.put("name", "a");
        var spec = new HashMap<String, Object>(more);
        spec.put("template", Map.of("spec", Map.of("containers", List.of(all))));
        return Map.of("apiVersion", "apps/v1", "kind", "Deployment", "spec", spec);
    }

    /** Each value is set to something else in one of the files, and what is rendered of that file depends on it. */
    @Test
    void noValueIsWithoutEffect(@TempDir Path folder) throws IOException {
        var rendered = new HashMap<Path, String>();
        var withoutEffect = new ArrayList<String>();
        for (var value : leaves(read(Chart.HOME.resolve("values.yaml")))) {
            var file = Chart.valuesFiles().stream()
                    .filter(each -> has(read(each), value))
                    .findFirst();
            assertThat(file).as("a file of values that sets %s", value).isPresent();
            var changed = Files.writeString(
                    folder.resolve("without.yaml"), new Yaml().dump(without(read(file.orElseThrow()), value)));
            var usual = rendered.computeIfAbsent(file.orElseThrow(), ChartTest::outcome);
            if (outcome(changed).equals(usual)) {
                withoutEffect.add(
                        String.join(".", value) + " in " + file.orElseThrow().getFileName());
            }
        }
        assertThat(withoutEffect).isEmpty();
    }

    /** What is rendered, or why nothing is. */
    private static String outcome(Path values) {
        try {
            return Chart.render(values, "1.32");
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String nameOf(Path values) {
        return values.getFileName().toString().replace(".yaml", "");
    }

    private static Map<String, Object> read(Path values) {
        try {
            return new Yaml().load(Files.readString(values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Paths of the values, each as a list of keys. */
    private static List<List<String>> leaves(Map<String, Object> values) {
        var all = new ArrayList<List<String>>();
        values.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                for (var below : leaves(inOrder(map))) {
                    var path = new ArrayList<String>();
                    path.add(key);
                    path.addAll(below);
                    all.add(path);
                }
            } else {
                all.add(List.of(key));
            }
        });
        return all;
    }

    private static boolean has(Map<String, Object> values, List<String> path) {
        var first = path.getFirst();
        return path.size() == 1
                ? values.containsKey(first)
                : values.get(first) instanceof Map<?, ?> map && has(inOrder(map), path.subList(1, path.size()));
    }

    private static Map<String, Object> without(Map<String, Object> values, List<String> path) {
        var copy = new LinkedHashMap<>(values);
        var first = path.getFirst();
        if (path.size() == 1) {
            copy.remove(first);
        } else {
            copy.computeIfPresent(first, (key, map) -> without(inOrder((Map<?, ?>) map), path.subList(1, path.size())));
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "minimal", "scram", "large", "foreign", "msk"})
    void everyObjectKeepsThePolicy(String values) {
        var chart = Chart.with(values);

        assertThat(chart.objects().stream()
                        .map(each -> each.getKind() + "/" + each.getMetadata().getName()))
                .doesNotHaveDuplicates();
        int services = values.equals("minimal") ? 4 : 5;
        var pods = pods(chart);
        assertThat(pods).hasSizeGreaterThanOrEqualTo(services);
        pods.forEach(ChartTest::keepsThePolicy);
        assertThat(chart.all(ServiceAccount.class))
                .hasSize(services)
                .allMatch(each -> !each.getAutomountServiceAccountToken());
        assertThat(chart.all(PodDisruptionBudget.class)).hasSize(services);
        assertThat(chart.objects()).noneMatch(each -> each.getKind().equals("Secret"));
    }

    /** The class names are those of the module that {@code deploy/images/build --with msk-iam} brings along. */
    @Test
    void brokersThatAskForACloudRoleGetTheLoginModuleAndNoSecret() {
        var chart = Chart.with("msk");

        assertThat(settings(chart, "ct-enricher"))
                .contains("security.protocol]': SASL_SSL", "sasl.mechanism]': AWS_MSK_IAM")
                .contains("software.amazon.msk.auth.iam.IAMClientCallbackHandler")
                .contains("software.amazon.msk.auth.iam.IAMLoginModule required;");
        assertThat(pods(chart))
                .flatExtracting(PodSpec::getVolumes)
                .extracting(Volume::getName)
                .doesNotContain("kafka-user", "kafka-ca");
    }

    /** Everything that the values can ask for of a pod and of what is beside it, at once. */
    @Test
    void everyValueReachesItsPlace() {
        var chart = Chart.with("custom");

        assertThat(chart.objects()).allSatisfy(each -> {
            if (!each.getMetadata().getName().equals("ct-lists")) {
                assertThat(each.getMetadata().getName()).startsWith(prefixOf(each.getKind()));
                assertThat(each.getMetadata().getLabels()).containsEntry("team", "soc");
                assertThat(each.getMetadata().getAnnotations()).containsEntry("example.corp/owner", "soc");
            }
        });
        assertThat(chart.all(ServiceAccount.class)).isEmpty();
        assertThat(chart.all(Service.class))
                .hasSize(5)
                .allSatisfy(each -> assertThat(each.getSpec().getPorts())
                        .extracting(ServicePort::getName)
                        .containsExactly(
                                each.getMetadata().getName().endsWith("-console")
                                        ? new String[] {"management", "pages"}
                                        : new String[] {"http", "management"}));
        assertThat(chart.all(ServiceMonitor.class)).singleElement().satisfies(each -> {
            assertThat(each.getSpec().getEndpoints().getFirst().getPort()).isEqualTo("management");
            assertThat(each.getSpec().getEndpoints().getFirst().getInterval()).isEqualTo("30s");
        });
        assertThat(chart.all(PodMonitor.class)).isEmpty();
        assertThat(chart.all(StatefulSet.class)).allSatisfy(each -> {
            assertThat(each.getSpec().getRevisionHistoryLimit()).isEqualTo(2);
            assertThat(each.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenScaled())
                    .isEqualTo("Delete");
        });
        assertThat(pods(chart)).hasSize(5).allSatisfy(pod -> {
            assertThat(pod.getServiceAccountName()).isEqualTo("msk");
            assertThat(pod.getPriorityClassName()).isEqualTo("security");
            assertThat(pod.getAffinity().getNodeAffinity()).isNotNull();
            assertThat(pod.getInitContainers()).extracting(Container::getName).containsExactly("before");
            assertThat(pod.getContainers())
                    .hasSize(2)
                    .extracting(Container::getName)
                    .contains("beside");
            assertThat(pod.getVolumes()).extracting(Volume::getName).contains("lists");
            var service = pod.getContainers().getLast();
            keepsThePolicy(pod.getSecurityContext());
            assertThat(service.getEnv()).extracting(EnvVar::getName).contains("TZ");
            assertThat(service.getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .contains("/etc/lists");
            assertThat(service.getResources().getLimits()).containsKey("ephemeral-storage");
            assertThat(service.getReadinessProbe().getHttpGet().getPort().getStrVal())
                    .isEqualTo("management");
        });
        assertThat(pods(chart))
                .extracting(pod -> pod.getContainers().getLast().getImage())
                .contains("clicktrail/normalizer@sha256:" + "0123456789abcdef".repeat(4));
        assertThat(settings(chart, "trail-alerter"))
                .contains("max-record: 8MB", "console: ecs", "io.clicktrail: debug", "port: 8081")
                .contains("client.dns.lookup", "use_all_dns_ips");
        assertThat(chart.all(ConfigMap.class).map(each -> each.getMetadata().getName()))
                .contains("ct-lists");
        assertThat(chart.all(NetworkPolicy.class)).allSatisfy(each -> {
            assertThat(ports(each)).containsExactly(53, 53, 9093, 8080, 443);
            assertThat(each.getSpec().getEgress().get(1).getTo()).hasSize(1);
            assertThat(each.getSpec().getEgress().get(2).getTo()).hasSize(1);
            assertThat(each.getSpec().getIngress()).hasSize(2);
        });
        assertThat(chart.all(KafkaUser.class)).allSatisfy(each -> {
            assertThat(each.getMetadata().getNamespace()).isEqualTo("kafka");
            assertThat(each.getMetadata().getLabels()).containsEntry("strimzi.io/cluster", "main");
            assertThat(each.getSpec().getTemplate().getSecret().getMetadata().getAnnotations())
                    .hasSize(1);
        });
        assertThat(configOf(chart, "clicktrail.events"))
                .containsEntry("retention.ms", "3600000")
                .containsEntry("compression.type", "zstd");
        assertThat(configOf(chart, "clicktrail.evidence")).containsEntry("retention.ms", "604800000");
    }

    private static Map<String, String> configOf(Chart chart, String topic) {
        var config = new TreeMap<String, String>();
        chart.all(KafkaTopic.class)
                .filter(each -> each.getMetadata().getName().equals(topic))
                .forEach(each -> each.getSpec().getConfig().forEach((key, value) -> config.put(key, value.toString())));
        return config;
    }

    private static String prefixOf(String kind) {
        return switch (kind) {
            case "KafkaTopic" -> "clicktrail.";
            case "KafkaUser" -> "sec-";
            default -> "trail";
        };
    }

    private static List<Integer> ports(NetworkPolicy policy) {
        return policy.getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .toList();
    }

    private static String settings(Chart chart, String name) {
        return chart.all(ConfigMap.class)
                .filter(each -> each.getMetadata().getName().equals(name))
                .map(each -> each.getData().get("application.yaml"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tokensNeedNoKeyStoreAndTheClusterMayChooseTheUser() {
        var chart = Chart.with("oauth");

        assertThat(settings(chart, "ct-enricher"))
                .contains("OAUTHBEARER", "https://login.corp.example/oauth2/token")
                .contains("token-file: /run/clicktrail/registry-token/token")
                .contains("endpoint: http://collector:4318/v1/traces", "share: 0.1")
                .doesNotContain("truststore", "keystore");
        assertThat(pods(chart)).allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
            assertThat(pod.getSecurityContext().getFsGroup()).isNull();
            assertThat(pod.getContainers().getLast().getEnv())
                    .extracting(EnvVar::getValue)
                    .anyMatch(value ->
                            value.contains("oauthbearer.allowed.urls=https://login.corp.example/oauth2/token"));
        });
        assertThat(chart.all(ServiceAccount.class))
                .allSatisfy(each ->
                        assertThat(each.getMetadata().getAnnotations()).containsKey("eks.amazonaws.com/role-arn"));
        assertThat(chart.all(NetworkPolicy.class))
                .allSatisfy(each -> assertThat(ports(each)).contains(8443, 4318));
        assertThat(mounted(Chart.with("msk"), "ct-enricher")).contains("clicktrail.registry.keystore.password");
        assertThat(chart.kinds())
                .contains("kafka.strimzi.io/v1beta2/KafkaUser", "kafka.strimzi.io/v1beta2/KafkaTopic")
                .doesNotContain("kafka.strimzi.io/v1/KafkaUser");
        assertThat(chart.all(KafkaUser.class))
                .isNotEmpty()
                .allMatch(each -> each.getSpec().getAuthentication() == null);
    }

    @Test
    void aServiceIsScaledToNoMorePodsThanHaveWork() {
        assertThat(Chart.with("large").all(ScaledObject.class))
                .extracting(each -> Objects.requireNonNull(each.getSpec()).maxReplicaCount())
                .containsExactlyInAnyOrder(48, 12, 24, 24);
    }

    @Test
    void twoReleasesShareNothingButTheCluster() {
        var one = names(Chart.with("defaults"));
        var other = names(Chart.with("large"));

        assertThat(one).isNotEmpty();
        assertThat(other).hasSizeGreaterThanOrEqualTo(one.size());
        assertThat(one).noneMatch(each -> other.stream().anyMatch(its -> its.equals(each) || its.startsWith(each)));
    }

    /** Topics, groups, transactions and internal topics that the users of a release may use. */
    private static TreeSet<String> names(Chart chart) {
        return chart.all(KafkaUser.class)
                .flatMap(user -> ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls().stream())
                .flatMap(ChartTest::inWords)
                .map(words -> words.split(" ")[0] + " " + words.split(" ")[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void statefulServicesKeepTheirStateInVolumes() {
        var chart = Chart.with("defaults");

        assertThat(chart.all(StatefulSet.class)
                        .map(each -> each.getMetadata().getName())
                        .toList())
                .containsExactlyInAnyOrder("ct-enricher", "ct-correlator", "ct-alerter", "ct-console");
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
        assertThat(chart.all(NetworkPolicy.class)).hasSize(5);
    }

    @Test
    void aJobRegistersTheSchemasUnlessTheServicesOrOthersDo() {
        var chart = Chart.with("scram");

        assertThat(settings(chart, "ct-alerter")).contains("auto-register: false");
        assertThat(chart.all(Job.class)).singleElement().satisfies(each -> {
            assertThat(each.getMetadata().getAnnotations()).containsEntry(Chart.HOOK, "pre-install,pre-upgrade");
            var pod = each.getSpec().getTemplate().getSpec();
            assertThat(pod.getContainers().getFirst().getCommand())
                    .contains("io.clicktrail.streams.SchemasApplication");
            assertThat(pod.getVolumes())
                    .extracting(Volume::getName)
                    .containsExactly("settings", "tmp", "secrets", "registry", "registry-tls");
            assertThat(pod.getVolumes().get(2).getProjected().getSources())
                    .extracting(source -> source.getSecret().getName())
                    .containsExactly("registry-user", "registry-trust");
        });
        assertThat(Chart.with("custom").all(Job.class)).isEmpty();
        assertThat(settings(Chart.with("custom"), "trail-alerter")).contains("auto-register: true");
    }

    @Test
    void thePagesAreForWhoeverSignsInBehindTheIngress() {
        var chart = Chart.with("scram");

        assertThat(settings(chart, "ct-console"))
                .contains("port: 8090", "port: 8080", "issuer-uri: https://login.corp.example:8443/realms/soc")
                .contains("user-name-attribute: email");
        assertThat(chart.all(Ingress.class)).singleElement().satisfies(each -> {
            var backend = each.getSpec()
                    .getRules()
                    .getFirst()
                    .getHttp()
                    .getPaths()
                    .getFirst()
                    .getBackend();
            assertThat(backend.getService().getName()).isEqualTo("ct-console");
            assertThat(backend.getService().getPort().getName()).isEqualTo("pages");
            assertThat(each.getSpec().getTls().getFirst().getSecretName()).isEqualTo("cases-tls");
        });
        assertThat(chart.all(NetworkPolicy.class)
                        .filter(each -> each.getMetadata().getName().equals("ct-console")))
                .singleElement()
                .satisfies(each -> {
                    assertThat(ports(each)).endsWith(8443);
                    assertThat(each.getSpec()
                                    .getIngress()
                                    .get(1)
                                    .getPorts()
                                    .getFirst()
                                    .getPort()
                                    .getStrVal())
                            .isEqualTo("pages");
                });
        assertThat(mounted(chart, "ct-console"))
                .contains("spring.security.oauth2.client.registration.soc.client-secret");
        assertThat(mounted(chart, "ct-alerter")).noneMatch(each -> each.contains("oauth2"));
    }

    /** Without a provider the console listens to its pod alone, and nobody in the cluster is let through to it. */
    @Test
    void withoutSignInThePagesAreForOnesOwnPodAlone() {
        var chart = Chart.with("defaults");

        assertThat(settings(chart, "ct-console")).doesNotContain("oauth2");
        assertThat(chart.all(Ingress.class)).isEmpty();
        assertThat(chart.all(NetworkPolicy.class)
                        .filter(each -> each.getMetadata().getName().equals("ct-console")))
                .singleElement()
                .satisfies(each -> assertThat(each.getSpec().getIngress()).hasSize(1));
    }

    /** Settings that a service gets from Secrets. */
    private static List<String> mounted(Chart chart, String name) {
        return chart.all(StatefulSet.class)
                .filter(each -> each.getMetadata().getName().equals(name))
                .flatMap(each -> each.getSpec().getTemplate().getSpec().getVolumes().stream())
                .filter(volume -> volume.getProjected() != null)
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .flatMap(source -> source.getSecret().getItems().stream())
                .map(KeyToPath::getPath)
                .toList();
    }

    @Test
    void topicsAreLaidOutAsThePlanSays() {
        assertThat(layoutOf(Chart.with("defaults"))).isEqualTo(planned(Map.of(), Map.of()));
        assertThat(layoutOf(Chart.with("custom")))
                .as("with settings of single topics, and destinations")
                .isEqualTo(planned(
                        Map.of(
                                "events", Map.of("retention.ms", "3600000", "compression.type", "zstd"),
                                "raw.logs", Map.of("retention.ms", "86400000", "partitions", "24")),
                        DESTINATIONS))
                .containsKeys("clicktrail.soar.thehive.feedback", "clicktrail.soar.tip.lifecycle")
                .doesNotContainKey("clicktrail.soar.tip.feedback");
    }

    private static Map<String, String> planned(
            Map<String, Map<String, String>> config, Map<String, Boolean> destinations) {
        return new TopicPlan(
                        12,
                        (short) 3,
                        Duration.ofMillis(604800000),
                        TopicPlan.DEFAULT.maxRecordBytes(),
                        false,
                        config,
                        destinations)
                .layOut(TOPICS).stream()
                        .collect(Collectors.toMap(
                                topic -> topic.name(),
                                topic -> topic.numPartitions() + " × " + topic.replicationFactor() + " "
                                        + new TreeMap<>(topic.configs()),
                                (a, b) -> a,
                                TreeMap::new));
    }

    private static Map<String, String> layoutOf(Chart chart) {
        return chart.all(KafkaTopic.class)
                .collect(Collectors.toMap(
                        topic -> topic.getMetadata().getName(),
                        topic -> topic.getSpec().getPartitions() + " × "
                                + topic.getSpec().getReplicas() + " "
                                + new TreeMap<>(topic.getSpec().getConfig()),
                        (a, b) -> a,
                        TreeMap::new));
    }

    @Test
    void usersMayDoWhatThePlanSays() {
        assertThat(accessOf(Chart.with("scram"))).isEqualTo(planned("ct-", Map.of()));
        assertThat(accessOf(Chart.with("custom")))
                .isEqualTo(planned("sec-", DESTINATIONS))
                .containsEntry(
                        "sec-soar-tip",
                        new TreeSet<>(List.of(
                                "GROUP clicktrail-soar-tip LITERAL READ",
                                "TOPIC clicktrail.soar.tip.lifecycle LITERAL READ",
                                "TOPIC clicktrail.soar.tip.open LITERAL READ")));
    }

    private static Map<String, TreeSet<String>> accessOf(Chart chart) {
        var rendered = new TreeMap<String, TreeSet<String>>();
        chart.all(KafkaUser.class).forEach(user -> {
            var simple = (KafkaUserAuthorizationSimple) user.getSpec().getAuthorization();
            rendered.put(
                    user.getMetadata().getName(),
                    simple.getAcls().stream()
                            .flatMap(ChartTest::inWords)
                            .collect(Collectors.toCollection(TreeSet::new)));
        });
        return rendered;
    }

    private static Map<String, TreeSet<String>> planned(String prefix, Map<String, Boolean> destinations) {
        var planned = new TreeMap<String, TreeSet<String>>();
        var access = new AccessPlan("User:{name}", destinations);
        for (var principal : access.all()) {
            planned.put(
                    prefix + principal,
                    access.of(principal, TOPICS).stream()
                            .map(acl -> acl.pattern().resourceType() + " "
                                    + acl.pattern().name() + " "
                                    + acl.pattern().patternType() + " "
                                    + acl.entry().operation())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return planned;
    }

    @Test
    void theJobOfTheTopicsKnowsTheDestinationsAndWhichTopicsAreJoined() {
        assertThat(settings(Chart.with("msk"), "ct-topics"))
                .contains("destinations: {\"thehive\":true,\"tip\":false}", "\"[partitions]\": \"24\"");
        assertThatThrownBy(() -> new Helm(Chart.HOME)
                        .template()
                        .withName("ct")
                        .withKubeVersion("1.32")
                        .set("topics.config.events.partitions", 3)
                        .call())
                .hasMessageContaining("topics.config.events.partitions");
    }

    @Test
    void theReadmeNamesEveryValueWithItsDefault() throws IOException {
        var rows = new ArrayList<String>();
        rows(rows, "", new Yaml().load(Files.readString(Chart.HOME.resolve("values.yaml"))));
        var meanings = Files.readAllLines(Chart.HOME.resolve("values.yaml")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith(MEANING))
                .map(line -> line.substring(MEANING.length()))
                .toList();
        assertThat(meanings).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            rows.set(i, rows.get(i) + " " + meanings.get(i) + " |");
        }

        var table = Files.readAllLines(Chart.HOME.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `"))
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
                "managementPort=8080",
                "logging.format=xml",
                "podSecurityContext.runAsUser=0",
                "services.alerter.imageDigest=latest",
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

    private static void keepsThePolicy(PodSecurityContext context) {
        assertThat(context.getRunAsNonRoot()).isTrue();
        assertThat(context.getRunAsUser()).isGreaterThan(0);
        assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    }

    private static void keepsThePolicy(PodSpec pod) {
        keepsThePolicy(pod.getSecurityContext());
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
