package io.clicktrail.alerter.assets;

import java.util.ArrayList;
import java.util.List;

/** Importance of the host and the account of a chain, from the asset list. */
public record AssetImportance(HostAsset host, PersonAsset person) {

    /** Nothing is known of either. */
    public static final AssetImportance UNKNOWN = new AssetImportance(HostAsset.UNKNOWN, PersonAsset.UNKNOWN);

    private static final int USUAL = 3;
    private static final int HIGH = 4;

    /** True where the host is one that the organisation knows. */
    public boolean knowsHost() {
        return host != HostAsset.UNKNOWN;
    }

    /** True where the account is one that the organisation knows. */
    public boolean knowsPerson() {
        return person != PersonAsset.UNKNOWN;
    }

    /** Why an attack here is worse than elsewhere; empty where it is not. */
    public List<String> reasons() {
        var reasons = new ArrayList<String>();
        if (host.kind() == HostAsset.Kind.SERVER) {
            reasons.add("the host is a server");
        }
        if (host.criticality() != null && host.criticality() == HostAsset.HIGHEST) {
            reasons.add("the host has the highest criticality");
        }
        if (Boolean.TRUE.equals(person.privileged())) {
            reasons.add("the account is an administrator's");
        }
        if (Boolean.TRUE.equals(person.vip())) {
            reasons.add("the account is on the watch list");
        }
        return reasons;
    }

    /** Factor of the risk score in percent: 80 to 120, 100 where nothing is known. */
    public int riskPercent() {
        int criticality = host.criticality() == null ? USUAL : host.criticality();
        int level = reasons().isEmpty() ? criticality : Math.max(criticality, HIGH);
        return 100 + 10 * (level - USUAL);
    }
}
