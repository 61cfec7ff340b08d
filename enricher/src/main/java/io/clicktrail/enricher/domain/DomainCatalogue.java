package io.clicktrail.enricher.domain;

import io.clicktrail.enricher.intel.IntelWeights;
import io.clicktrail.enricher.lists.Lists;
import io.clicktrail.enricher.lists.Lists.Name;
import io.clicktrail.evidence.ScorePart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lists that domains are scored by, loaded once and shared by all scorers of a process. */
public final class DomainCatalogue {

    /** Age from which a list warns. */
    public static final Duration OUTDATED = Duration.ofDays(180);

    final Suffixes suffixes;
    final TenantKeys tenants;
    final ScoreWeights weights;
    final TldRisk tlds;
    final Hosting hosting;
    final NameSet shorteners;
    final NameSet popular;
    final Lookalikes lookalikes;
    final Rewriters rewriters;
    private final IntelWeights intelWeight;

    private final Map<String, Instant> outdatedFrom = new HashMap<>();
    private final Instant firstOutdated;

    private DomainCatalogue(Lists lists) {
        this.suffixes = suffixes(lists);
        this.weights = ScoreWeights.of(lists.of(Name.WEIGHTS));
        this.tenants = TenantKeys.of(suffixes, lists.of(Name.PATH_TENANTS));
        this.tlds = TldRisk.of(lists.of(Name.TLD_RISK), weights);
        this.hosting = Hosting.of(lists.of(Name.HOSTING));
        this.shorteners = NameSet.of(lists.of(Name.SHORTENERS));
        this.popular = NameSet.of(lists.of(Name.POPULAR));
        this.lookalikes = Lookalikes.of(lists.of(Name.PROTECTED_BRANDS), lists.of(Name.LURE_WORDS), weights);
        this.rewriters = Rewriters.of(lists.of(Name.REWRITERS));
        this.intelWeight = IntelWeights.of(lists.of(Name.INTEL_WEIGHTS));
        Stream.concat(
                        Stream.of(suffixes.version()),
                        Stream.of(Name.values()).map(name -> lists.of(name).version()))
                .forEach(version -> outdatedFrom.put(version, outdatedFrom(version)));
        this.firstOutdated = Collections.min(outdatedFrom.values());
    }

    /** @throws IllegalArgumentException with file, line and reason where a list is not what it should be */
    public static DomainCatalogue of(Lists lists) {
        return new DomainCatalogue(lists);
    }

    /** Date of the Public Suffix List. */
    public String suffixVersion() {
        return suffixes.version();
    }

    /** How much indicators weigh. */
    public IntelWeights intelWeight() {
        return intelWeight;
    }

    /** Who answers for a name. */
    public String tenantOf(String name) {
        return tenants.ofName(name).key();
    }

    /**
     * True for what no list of bad names should hold: public suffixes, shared hosting, shorteners, rewriters, names of
     * daily use.
     */
    public boolean isEverybodys(String name) {
        return popular.contains(name) || isShared(name);
    }

    /** True for a registrable domain below which nobody but its owner publishes. */
    boolean isOneTenants(String name) {
        return name.indexOf('.') > 0
                && !AddressScopes.looksLikeAddress(name)
                && tenantOf(name).equals(name)
                && !isShared(name);
    }

    /** True for a tenant key whose past is its own: no public suffix, shared host, shortener, rewriter or address. */
    public boolean hasPast(String tenantKey) {
        return !AddressScopes.looksLikeAddress(tenantKey) && !isShared(tenantKey);
    }

    private boolean isShared(String name) {
        return suffixes.isSuffix(name)
                || hosting.contains(name)
                || tenants.isPathShared(name)
                || shorteners.contains(name)
                || rewriters.isRewriter(name);
    }

    /** Which of the lists behind these parts were too old at a time, in words. */
    List<String> outdated(List<ScorePart> parts, Instant time) {
        if (time.isBefore(firstOutdated)) {
            return List.of();
        }
        List<String> outdated = new ArrayList<>();
        for (ScorePart part : parts) {
            if (isOutdated(part, time)) {
                outdated.add(part.getName() + ": list of " + part.getListVersion());
            }
        }
        return List.copyOf(outdated);
    }

    /** True where a part rests on a list that was too old at a time. */
    boolean isOutdated(ScorePart part, Instant time) {
        @Nullable Instant from = part.getListVersion() == null ? null : outdatedFrom.get(part.getListVersion());
        return from != null && !time.isBefore(from);
    }

    private static Instant outdatedFrom(String version) {
        return LocalDate.parse(version).atStartOfDay(ZoneOffset.UTC).toInstant().plus(OUTDATED);
    }

    private static Suffixes suffixes(Lists lists) {
        try (InputStream in = lists.publicSuffixes()) {
            return Suffixes.read(lists.publicSuffixesFrom(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
