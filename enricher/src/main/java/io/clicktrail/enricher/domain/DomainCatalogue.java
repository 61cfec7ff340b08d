package io.clicktrail.enricher.domain;

/** The lists that domains are judged by, loaded once and shared by all judges of a process. */
public final class DomainCatalogue {

    final Suffixes suffixes;
    final TenantKeys tenants;
    final TldRisk tlds = TldRisk.bundled();
    final Hosting hosting = Hosting.bundled();
    final NameSet shorteners = NameSet.bundled("domain/shorteners-2026-11.txt");
    final NameSet popular = NameSet.bundled("domain/popular-2026-11.txt");
    final Lookalikes lookalikes = Lookalikes.bundled();
    final Rewriters rewriters = Rewriters.bundled();

    private DomainCatalogue(Suffixes suffixes) {
        this.suffixes = suffixes;
        this.tenants = TenantKeys.bundled(suffixes);
    }

    /** The lists that ship with the enricher. */
    public static DomainCatalogue bundled() {
        return of(Suffixes.bundled());
    }

    /** The lists that ship with the enricher on another public suffix list. */
    public static DomainCatalogue of(Suffixes suffixes) {
        return new DomainCatalogue(suffixes);
    }
}
