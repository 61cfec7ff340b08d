package io.clicktrail.streams.topics;

import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The least access of each principal on the brokers.
 *
 * @param template pattern of the principals' names, with {@code {name}} in it: {@code User:CN=clicktrail-{name}}
 *     for certificates, {@code User:clicktrail-{name}} for SCRAM
 * @param destinations names of the alerter's destinations, and whether each gives feedback; each has a principal {@code
 *     soar-<destination>}
 */
public record AccessPlan(String template, Map<String, Boolean> destinations) {

    private static final String PLACE = "{name}";
    private static final String SOAR = "soar-";
    private static final String ANY_HOST = "*";

    public AccessPlan {
        Setting.require(
                template.startsWith("User:") && template.contains(PLACE),
                "clicktrail.topics.principals",
                template,
                "User: with {name} in it");
        destinations = Map.copyOf(destinations);
    }

    /** A plan without destinations. */
    public AccessPlan(String template) {
        this(template, Map.of());
    }

    /** The principals of every installation: the services, and those who write to or read from them. */
    public static Set<String> principals() {
        return new AccessPlan("User:" + PLACE).all();
    }

    /** All principals, those of the destinations too. */
    public Set<String> all() {
        var all = new TreeSet<String>();
        for (var name : TopicTable.SHIPPED.principals().keySet()) {
            if (name.contains(TopicTable.DESTINATION)) {
                destinations.keySet().forEach(each -> all.add(name.replace(TopicTable.DESTINATION, each)));
            } else {
                all.add(name);
            }
        }
        return all;
    }

    /** The ACLs of one principal. */
    public List<AclBinding> of(String principal, Topics topics) {
        var own = destinations.entrySet().stream()
                .filter(each -> principal.equals(SOAR + each.getKey()))
                .findFirst();
        var of = own.map(each -> Map.of(each.getKey(), each.getValue())).orElse(destinations);
        var least = TopicTable.SHIPPED.principal(own.isPresent() ? SOAR + TopicTable.DESTINATION : principal);
        var application = topics.application(principal);
        var all = new ArrayList<AclBinding>();
        for (var topic : least.reads()) {
            for (var name : names(topic, topics, of)) {
                allow(all, principal, "reads", ResourceType.TOPIC, name, PatternType.LITERAL);
            }
        }
        for (var topic : least.writes()) {
            for (var name : names(topic, topics, of)) {
                allow(all, principal, "writes", ResourceType.TOPIC, name, PatternType.LITERAL);
            }
        }
        if (!least.reads().isEmpty()) {
            allow(all, principal, "group", ResourceType.GROUP, application, PatternType.LITERAL);
        }
        for (var service : least.watches()) {
            for (var topic : TopicTable.SHIPPED.principal(service).reads()) {
                for (var name : names(topic, topics, of)) {
                    allow(all, principal, "watches", ResourceType.TOPIC, name, PatternType.LITERAL);
                }
            }
            String group = topics.application(service);
            allow(all, principal, "watches", ResourceType.GROUP, group, PatternType.LITERAL);
            if (TopicTable.SHIPPED.principal(service).repartitions()) {
                allow(all, principal, "watches", ResourceType.TOPIC, group + "-", PatternType.PREFIXED);
            }
        }
        var below = application + "-";
        if (least.transactions()) {
            allow(all, principal, "transactions", ResourceType.TRANSACTIONAL_ID, below, PatternType.PREFIXED);
        }
        if (least.internalTopics()) {
            allow(all, principal, "internalTopics", ResourceType.TOPIC, below, PatternType.PREFIXED);
        }
        if (least.repartitions()) {
            allow(all, principal, "repartitions", ResourceType.TOPIC, below, PatternType.PREFIXED);
        }
        return List.copyOf(all);
    }

    /**
     * Creates the ACLs of every principal; existing ones stay.
     *
     * @throws KafkaException if the broker refuses
     */
    public void create(Topics topics, Admin admin) throws InterruptedException {
        var all = all().stream()
                .flatMap(principal -> of(principal, topics).stream())
                .toList();
        try {
            admin.createAcls(all).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("Can't create ACLs", e.getCause());
        }
    }

    private static List<String> names(String topic, Topics topics, Map<String, Boolean> destinations) {
        return TopicTable.SHIPPED.row(topic).names(topics, destinations);
    }

    private void allow(
            List<AclBinding> all,
            String principal,
            String access,
            ResourceType type,
            String name,
            PatternType pattern) {
        var who = template.replace(PLACE, principal);
        for (var operation : TopicTable.SHIPPED.operations().getOrDefault(access, List.of())) {
            all.add(new AclBinding(
                    new ResourcePattern(type, name, pattern),
                    new AccessControlEntry(
                            who,
                            ANY_HOST,
                            AclOperation.valueOf(operation.toUpperCase(Locale.ROOT)),
                            AclPermissionType.ALLOW)));
        }
    }
}
