package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.ScorePart;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The lists that domains are judged by, loaded once and shared by all judges of a process. */
public final class DomainCatalogue {

    /** Age from which a list warns. */
    public static final Duration OUTDATED = Duration.ofDays(180);

    final Suffixes suffixes;
    final TenantKeys tenants;
    final TldRisk tlds = TldRisk.bundled();
    final Hosting hosting = Hosting.bundled();
    final NameSet shorteners = NameSet.bundled("domain/shorteners-2026-11.txt");
    final NameSet popular = NameSet.bundled("domain/popular-2026-11.txt");
    final Lookalikes lookalikes = Lookalikes.bundled();
    final Rewriters rewriters = Rewriters.bundled();

    private final Map<String, Instant> dates = new TreeMap<>();
    private final Map<String, Instant> outdatedFrom = new HashMap<>();
    private Instant firstOutdated = Instant.MAX;

    private DomainCatalogue(Suffixes suffixes) {
        this.suffixes = suffixes;
        this.tenants = TenantKeys.bundled(suffixes);
        note("public suffixes", suffixes.version());
        note("risk of top-level domains", tlds.version());
        note("hosting", hosting.version());
        note("shorteners", shorteners.version());
        note("popular names", popular.version());
        note("protected brands", lookalikes.version());
    }

    /** The lists that ship with the enricher. */
    public static DomainCatalogue bundled() {
        return of(Suffixes.bundled());
    }

    /** The lists that ship with the enricher on another public suffix list. */
    public static DomainCatalogue of(Suffixes suffixes) {
        return new DomainCatalogue(suffixes);
    }

    /** Who answers for a name. */
    public String tenantOf(String name) {
        return tenants.ofName(name).key();
    }

    /** True for what no list of bad names should hold: public suffixes, shared hosting, shorteners, rewriters, names of daily use. */
    public boolean isEverybodys(String name) {
        return popular.contains(name)
                || suffixes.isSuffix(name)
                || hosting.contains(name)
                || tenants.isPathShared(name)
                || shorteners.contains(name)
                || rewriters.isRewriter(name);
    }

    /** The date of each list. */
    public Map<String, Instant> dates() {
        return Map.copyOf(dates);
    }

    /** Which of the lists behind these parts were too old at a time, in words. */
    List<String> outdated(List<ScorePart> parts, Instant time) {
        if (time.isBefore(firstOutdated)) {
            return List.of();
        }
        List<String> outdated = new ArrayList<>();
        for (ScorePart part : parts) {
            @Nullable Instant from = part.getListVersion() == null ? null : outdatedFrom.get(part.getListVersion());
            if (from != null && !time.isBefore(from)) {
                outdated.add(part.getName() + ": list of " + part.getListVersion());
            }
        }
        return List.copyOf(outdated);
    }

    private void note(String name, String version) {
        try {
            Instant date = LocalDate.parse(version).atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant from = date.plus(OUTDATED);
            dates.put(name, date);
            outdatedFrom.put(version, from);
            firstOutdated = from.isBefore(firstOutdated) ? from : firstOutdated;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + ": version " + version + " is no date", e);
        }
    }
}
