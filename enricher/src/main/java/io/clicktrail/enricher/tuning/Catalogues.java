package io.clicktrail.enricher.tuning;

import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.file.Extensions;
import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.enricher.process.ProcessCatalogue;

/** The lists that tuning documents add to, loaded once in a process. */
public record Catalogues(
        DomainCatalogue domains, UserPaths userPaths, Extensions extensions, ProcessCatalogue processes) {

    /** The lists that ship with the enricher. */
    public static Catalogues bundled() {
        return of(DomainCatalogue.bundled());
    }

    /** The lists that ship with the enricher on other lists of domains. */
    public static Catalogues of(DomainCatalogue domains) {
        return new Catalogues(domains, UserPaths.bundled(), Extensions.bundled(), ProcessCatalogue.bundled());
    }
}
