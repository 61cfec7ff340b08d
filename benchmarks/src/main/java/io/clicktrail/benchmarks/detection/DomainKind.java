package io.clicktrail.benchmarks.detection;

import java.util.List;
import java.util.Locale;

/** What kind of place a story's content comes from. */
public enum DomainKind {
    /** Registered a few days ago under a suffix that says nothing. */
    NEW,
    /** Registered a few days ago under a suffix that many abuse. */
    RISKY,
    /** Looks like a known name. */
    LOOKALIKE,
    /** Known to the organisation for long, now in the hands of somebody else. */
    OLD_SITE,
    /** A customer's name or path at a hoster. */
    SHARED,
    /** An address without a name. */
    ADDRESS,
    /** A vendor that everybody knows. */
    VENDOR,
    /** A company that this organisation has worked with for long, under a risky suffix. */
    PARTNER,
    /** A vendor's new site for an event or a programme, with the vendor's name in it. */
    BRAND;

    /** Those that hostile stories share among each other in equal parts. */
    static final List<DomainKind> HOSTILE = List.of(NEW, RISKY, LOOKALIKE, OLD_SITE, SHARED, ADDRESS);

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static DomainKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
