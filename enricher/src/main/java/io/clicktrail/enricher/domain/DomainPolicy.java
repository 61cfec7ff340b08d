package io.clicktrail.enricher.domain;

import io.clicktrail.tuning.Tuning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one tuning document says about domains, compiled. */
public final class DomainPolicy {

    private static final int MIN_OWN_NAME = 4;

    final AllowList allowList;
    final Lookalikes lookalikes;
    final ScoreWeights weights;
    private final NameSet ownDomains;
    private final Set<String> suspiciousTlds;
    private final String version;

    private DomainPolicy(Tuning tuning, DomainCatalogue lists) {
        Set<String> own = new HashSet<>();
        List<Brand> names = new ArrayList<>();
        for (String given : tuning.getOwnDomains()) {
            String domain = given.toLowerCase(Locale.ROOT);
            own.add(domain);
            var split = lists.suffixes.split(domain);
            String name = TenantKeys.firstLabel(split.domain());
            if (name.length() >= MIN_OWN_NAME) {
                names.add(new Brand(name, Set.of(split.domain()), true));
            }
        }
        Set<String> tlds = new HashSet<>();
        for (String given : tuning.getSuspiciousTlds()) {
            tlds.add((given.startsWith(".") ? given.substring(1) : given).toLowerCase(Locale.ROOT));
        }
        this.ownDomains = NameSet.of(own, tuning.getVersion());
        this.suspiciousTlds = Set.copyOf(tlds);
        this.allowList = new AllowList(tuning.getAllowedCdns());
        this.weights = lists.weights;
        this.lookalikes = lists.lookalikes.with(names, tuning.getProtectedBrands());
        this.version = tuning.getVersion();
    }

    /** @param tuning a document in which the tuning's own check found nothing */
    public static DomainPolicy of(Tuning tuning, DomainCatalogue lists) {
        return new DomainPolicy(tuning, lists);
    }

    String version() {
        return version;
    }

    boolean isSuspiciousTld(String tld) {
        return suspiciousTlds.contains(tld);
    }

    @Nullable
    String ownDomainOf(String host) {
        return ownDomains.covering(host);
    }
}
