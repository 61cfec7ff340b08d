package io.clicktrail.standalone.doctor;

import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.doctor.CheckResult.Check;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.resource.PatternType;

/** The brokers: version, topics, times, access, services. Nothing is written. */
public final class ClusterChecks {

    /** Level of {@code metadata.version} of Kafka 3.3, the first whose clusters run without ZooKeeper in production. */
    static final short MIN_METADATA = 7;

    /** Level of {@code streams.version} from which groups may have the streams protocol. */
    static final short STREAMS_PROTOCOL = 1;

    private static final String TOPICS_JOB = "create it with io.clicktrail.streams.TopicsApplication, the chart's"
            + " topics.manage, or as topics.json says";
    private static final int MAX_NAMED = 5;

    private final Admin admin;
    private final Topics topics;
    private final String address;
    private final Duration timeout;

    /**
     * Checks of one cluster.
     *
     * @param address of its brokers, for people
     * @param timeout longest wait for one answer of the brokers
     */
    public ClusterChecks(Admin admin, Topics topics, String address, Duration timeout) {
        this.admin = admin;
        this.topics = topics;
        this.address = address;
        this.timeout = timeout;
    }

    /** Whether the brokers answer; where they don't, nothing else can be asked. */
    public CheckResult reachable() {
        try {
            int brokers = get(admin.describeCluster().nodes()).size();
            return CheckResult.good(Check.BROKERS, brokers + " brokers answer at " + address);
        } catch (KafkaException e) {
            return CheckResult.fault(
                    Check.BROKERS,
                    "no broker answers at " + address + ": " + e.getMessage(),
                    "start one with './clicktrail up', or name yours with --bootstrap-servers, and with --client-config"
                            + " for TLS and SASL");
        }
    }

    /** Version of the cluster, by the levels of its features. */
    public CheckResult version() {
        var levels = get(admin.describeFeatures().featureMetadata()).finalizedFeatures();
        var metadata = levels.get("metadata.version");
        var streams = levels.get("streams.version");
        return version(
                metadata == null ? 0 : metadata.maxVersionLevel(), streams == null ? 0 : streams.maxVersionLevel());
    }

    static CheckResult version(short metadata, short streams) {
        if (metadata < MIN_METADATA) {
            return CheckResult.fault(
                    Check.BROKERS,
                    "the brokers are older than Kafka 3.3 (metadata.version " + metadata + ")",
                    "upgrade them, then 'kafka-features.sh upgrade --release-version 4.0' or later");
        }
        return CheckResult.good(
                Check.BROKERS,
                "metadata.version " + metadata
                        + (streams >= STREAMS_PROTOCOL
                                ? ", groups may have the streams protocol"
                                : ", groups have the classic protocol"));
    }

    /** Missing topics, and those that are laid out otherwise than topics.json says. */
    public List<CheckResult> topics() {
        var there = described(
                TopicPlan.DEFAULT.layOut(topics).stream().map(NewTopic::name).toList());
        var configs = configs(there.keySet());
        var findings = new ArrayList<CheckResult>();
        var joined = new TreeMap<Integer, Set<String>>();
        for (NewTopic planned : TopicPlan.DEFAULT.layOut(topics)) {
            TopicDescription actual = there.get(planned.name());
            if (actual == null) {
                findings.add(CheckResult.fault(Check.TOPICS, planned.name() + " does not exist", TOPICS_JOB));
                continue;
            }
            Config config = configs.getOrDefault(planned.name(), new Config(List.of()));
            compare(planned, config, TopicConfig.CLEANUP_POLICY_CONFIG).ifPresent(findings::add);
            tooSmall(planned, config).ifPresent(findings::add);
            if (JOINED.stream().anyMatch(name -> planned.name().equals(topics.prefix() + "." + name))) {
                joined.computeIfAbsent(actual.partitions().size(), number -> new TreeSet<>())
                        .add(planned.name());
            }
        }
        if (joined.size() > 1) {
            findings.add(CheckResult.fault(
                    Check.TOPICS,
                    "topics that are joined differ in their partitions: " + joined,
                    "services stop at it: delete the topics with the fewer partitions and create them again with as"
                            + " many as the others"));
        }
        int lone = (int) there.values().stream()
                .filter(topic -> topic.partitions().getFirst().replicas().size() < 2)
                .count();
        if (lone > 0 && get(admin.describeCluster().nodes()).size() > 1) {
            findings.add(CheckResult.warning(
                    Check.TOPICS,
                    lone + " topics have one copy although there are several brokers",
                    "raise their copies with kafka-reassign-partitions.sh; with one copy a broker's disk is all"
                            + " there is"));
        }
        return orGood(findings, Check.TOPICS, there.size() + " topics are laid out as they should be");
    }

    private static final List<String> JOINED =
            List.of("events", "evidence", "detections", "identities", "coverage", "domains");

    private Optional<CheckResult> compare(NewTopic planned, Config config, String key) {
        var actual = config.get(key);
        String wanted = planned.configs().get(key);
        return actual == null || actual.value() == null || actual.value().equals(wanted)
                ? Optional.empty()
                : Optional.of(CheckResult.fault(
                        Check.TOPICS,
                        planned.name() + " has " + key + "=" + actual.value(),
                        alter(planned.name(), key, String.valueOf(wanted))));
    }

    private Optional<CheckResult> tooSmall(NewTopic planned, Config config) {
        var actual = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        String wanted = planned.configs().getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0");
        return actual == null || Long.parseLong(actual.value()) >= Long.parseLong(wanted)
                ? Optional.empty()
                : Optional.of(CheckResult.fault(
                        Check.TOPICS,
                        planned.name() + " takes records of " + actual.value() + " bytes at most",
                        alter(planned.name(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, wanted)));
    }

    private String alter(String topic, String key, String value) {
        return "kafka-configs.sh --bootstrap-server " + address + " --alter --entity-type topics --entity-name " + topic
                + " --add-config " + key + "=" + value;
    }

    /** Topics whose records have the time of their producer although it should be the broker's. */
    public List<CheckResult> timestamps() {
        var there = described(TopicPlan.withBrokerTime(topics));
        var findings = new ArrayList<CheckResult>();
        configs(there.keySet()).forEach((name, config) -> {
            var type = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
            if (type != null && !TimestampType.LOG_APPEND_TIME.name.equals(type.value())) {
                findings.add(CheckResult.fault(
                        Check.TIMESTAMPS,
                        name + " keeps the time of its producers, so that a wrong clock can delay cases",
                        alter(name, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name)));
            }
        });
        return orGood(findings, Check.TIMESTAMPS, "the brokers date what others than the services write");
    }

    /** The newest records of these topics against this clock: none can be of the future. */
    public CheckResult clock(Instant now) {
        var partitions = new HashMap<TopicPartition, OffsetSpec>();
        described(TopicPlan.withBrokerTime(topics))
                .values()
                .forEach(topic -> topic.partitions()
                        .forEach(each -> partitions.put(
                                new TopicPartition(topic.name(), each.partition()), OffsetSpec.maxTimestamp())));
        long newest = get(admin.listOffsets(partitions).all()).values().stream()
                .mapToLong(each -> each.timestamp())
                .max()
                .orElse(-1);
        Duration ahead = newest < 0 ? Duration.ZERO : Duration.between(now, Instant.ofEpochMilli(newest));
        return MachineChecks.clock("the brokers", ahead.isNegative() ? Duration.ZERO : ahead);
    }

    /**
     * What principals lack of the access in topics.json.
     *
     * @param plan how the principals are named
     */
    public List<CheckResult> access(AccessPlan plan) {
        Collection<AclBinding> given;
        try {
            given = get(admin.describeAcls(AclBindingFilter.ANY).values());
        } catch (SecurityDisabledException e) {
            return List.of(CheckResult.warning(
                    Check.ACCESS,
                    "the brokers let everybody do everything",
                    "set authorizer.class.name and the ACLs of topics.json before others can reach the brokers"));
        }
        var held = new HashSet<>(given);
        var findings = new ArrayList<CheckResult>();
        for (String principal : AccessPlan.principals()) {
            var missing = plan.of(principal, topics).stream()
                    .filter(acl -> !held.contains(acl))
                    .map(acl -> acl.entry().operation() + " on "
                            + acl.pattern().resourceType().name().toLowerCase(Locale.ROOT) + " "
                            + acl.pattern().name()
                            + (acl.pattern().patternType() == PatternType.PREFIXED ? "*" : ""))
                    .sorted()
                    .toList();
            if (!missing.isEmpty()) {
                findings.add(CheckResult.fault(
                        Check.ACCESS,
                        principal + " lacks " + named(missing),
                        "kafka-acls.sh --bootstrap-server " + address + " --add --allow-principal '"
                                + plan.template().replace("{name}", principal)
                                + "' with each, or run the job of topics.manage=job again"));
            }
        }
        return orGood(findings, Check.ACCESS, AccessPlan.principals().size() + " principals have the access they need");
    }

    /** Services whose group has no member. */
    public List<CheckResult> services() {
        Map<String, GroupState> groups = get(admin.listGroups().valid()).stream()
                .collect(Collectors.toMap(
                        GroupListing::groupId, group -> group.groupState().orElse(GroupState.UNKNOWN), (a, b) -> a));
        var findings = new ArrayList<CheckResult>();
        for (String service : TopicPlan.SERVICES) {
            switch (groups.getOrDefault(topics.application(service), GroupState.DEAD)) {
                case STABLE, PREPARING_REBALANCE, COMPLETING_REBALANCE, ASSIGNING, RECONCILING -> {}
                case DEAD, UNKNOWN, EMPTY, NOT_READY ->
                    findings.add(CheckResult.fault(
                            Check.SERVICES,
                            "the " + service + " does not run",
                            "start it; where it does run, its log and /actuator/health/readiness say what keeps it from"
                                    + " its group " + topics.application(service)));
            }
        }
        return orGood(findings, Check.SERVICES, "all services are in their groups");
    }

    private Map<String, TopicDescription> described(Collection<String> names) {
        var there = new TreeMap<String, TopicDescription>();
        admin.describeTopics(names).topicNameValues().forEach((name, answer) -> {
            try {
                there.put(name, get(answer));
            } catch (UnknownTopicOrPartitionException missing) {
                // It is reported as missing.
            }
        });
        return there;
    }

    private Map<String, Config> configs(Collection<String> names) {
        var asked = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return get(admin.describeConfigs(asked).all()).entrySet().stream()
                .collect(
                        Collectors.toMap(each -> each.getKey().name(), Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    private <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static List<CheckResult> orGood(List<CheckResult> findings, Check check, String what) {
        return findings.isEmpty() ? List.of(CheckResult.good(check, what)) : List.copyOf(findings);
    }

    private static String named(List<String> all) {
        return all.size() <= MAX_NAMED
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, MAX_NAMED)) + " and " + (all.size() - MAX_NAMED) + " more";
    }
}
