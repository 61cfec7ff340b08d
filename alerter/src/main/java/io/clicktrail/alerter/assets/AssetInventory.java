package io.clicktrail.alerter.assets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the organisation knows of its hosts and people. The first entry whose name fits counts, as a whole.
 *
 * @param hosts known hosts
 * @param people known accounts
 */
public record AssetInventory(List<HostAsset> hosts, List<PersonAsset> people) {

    /** Nothing is known. */
    public static final AssetInventory NONE = new AssetInventory(List.of(), List.of());

    private static final int MAX = 10_000;

    /** @throws IllegalArgumentException where there are more than 10,000 of either */
    public AssetInventory(@Nullable List<HostAsset> hosts, @Nullable List<PersonAsset> people) {
        this.hosts = bounded(hosts);
        this.people = bounded(people);
    }

    private static <T> List<T> bounded(@Nullable List<T> entries) {
        List<T> bounded = entries == null ? List.of() : List.copyOf(entries);
        if (bounded.size() > MAX) {
            throw new IllegalArgumentException("has " + bounded.size() + " entries but must have at most " + MAX);
        }
        return bounded;
    }

    /** What is known of a host. @param key host key */
    HostAsset host(String key) {
        return hosts.stream().filter(host -> host.name().fits(key)).findFirst().orElse(HostAsset.UNKNOWN);
    }

    /** What is known of an account. @param key canonical user key */
    PersonAsset person(String key) {
        return people.stream()
                .filter(person -> person.name().fits(key))
                .findFirst()
                .orElse(PersonAsset.UNKNOWN);
    }

    /** What is known of the host and the account of a chain together. */
    public AssetImportance importance(String host, @Nullable String user) {
        return new AssetImportance(host(host), user == null ? PersonAsset.UNKNOWN : person(user));
    }
}
