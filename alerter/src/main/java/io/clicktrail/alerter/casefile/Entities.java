package io.clicktrail.alerter.casefile;

import io.clicktrail.alert.Account;
import io.clicktrail.alert.Device;
import io.clicktrail.alerter.assets.HostAsset;
import io.clicktrail.alerter.assets.PersonAsset;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Host;
import io.clicktrail.event.Process;
import io.clicktrail.event.User;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoint and the account of a chain, put together from all its evidence. */
final class Entities {

    private static final int MAX = 8;

    private Entities() {}

    static Device device(Chain chain, HostAsset known) {
        var ips = new TreeSet<String>();
        var others = new TreeSet<String>();
        HostVia weakest = HostVia.DIRECT;
        for (StageEvidence item : chain.evidence()) {
            Evidence evidence = item.getEvidence();
            Host host = evidence.getEvent().getHost();
            if (host != null) {
                ips.addAll(host.getIp());
            }
            others.addAll(evidence.getOtherHosts());
            if (evidence.getHostVia().compareTo(weakest) > 0) {
                weakest = evidence.getHostVia();
            }
        }
        return Device.newBuilder()
                .setHostname(chain.head().getHost())
                .setUid(first(hosts(chain), Host::getId))
                .setDomain(first(hosts(chain), Host::getDomain))
                .setIps(ips.stream().limit(MAX).toList())
                .setPlatform(chain.head().getPlatform())
                .setOsVersion(first(hosts(chain), Host::getOsVersion))
                .setKnownVia(weakest)
                .setOtherHosts(others.stream().limit(MAX).toList())
                .setCriticality(known.criticality())
                .setType(known.kind() == null ? null : known.kind().name().toLowerCase(Locale.ROOT))
                .setIsManaged(known.managed())
                .setNetworkZone(known.zone())
                .build();
    }

    static @Nullable Account account(Chain chain, PersonAsset known) {
        String key = chain.head().getUser();
        if (key == null) {
            return null;
        }
        List<User> users = chain.evidence().stream()
                .map(StageEvidence::getEvidence)
                .filter(evidence -> key.equals(evidence.getUser()))
                .map(evidence -> evidence.getEvent().getUser())
                .filter(Objects::nonNull)
                .toList();
        return Account.newBuilder()
                .setKey(key)
                .setName(Objects.requireNonNullElse(first(users, User::getName), EvidenceFields.baseName(key)))
                .setDomain(first(users, User::getDomain))
                .setUid(first(users, User::getId))
                .setEmail(first(users, User::getEmail))
                .setIsPrivileged(known.privileged())
                .setIsVip(known.vip())
                .setDepartment(known.department())
                .setSessionUid(session(chain, key))
                .build();
    }

    /** The session of the first of the account's processes of which a sensor has it. */
    private static @Nullable String session(Chain chain, String user) {
        return chain.evidence().stream()
                .map(StageEvidence::getEvidence)
                .filter(evidence -> user.equals(evidence.getUser()))
                .map(evidence -> evidence.getEvent().getProcess())
                .filter(Objects::nonNull)
                .map(Process::getSessionId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static List<Host> hosts(Chain chain) {
        return chain.evidence().stream()
                .map(item -> item.getEvidence().getEvent().getHost())
                .filter(Objects::nonNull)
                .toList();
    }

    /** The first value in alphabetical order, so that the order of evidence at the same time does not matter. */
    private static <T> @Nullable String first(List<T> items, Function<T, @Nullable String> field) {
        Stream<String> values = items.stream().map(field).filter(Objects::nonNull);
        return values.min(Comparator.naturalOrder()).orElse(null);
    }
}
