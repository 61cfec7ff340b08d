package io.clicktrail.enricher.tuning;

import io.clicktrail.enricher.domain.DomainPolicy;
import io.clicktrail.enricher.domain.Vendors;
import io.clicktrail.enricher.file.Extensions;
import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.enricher.process.CommandCatalogue;
import io.clicktrail.enricher.process.ProcessCatalogue;
import io.clicktrail.enricher.process.Publishers;
import io.clicktrail.tuning.Tuning;

/**
 * A tuning document joined with the built-in catalogues, ready to judge with. Immutable.
 *
 * @param document the document as given
 */
public record CompiledTuning(
        Tuning document,
        DomainPolicy domains,
        UserPaths userPaths,
        Extensions extensions,
        ProcessCatalogue processes,
        CommandCatalogue commands,
        Publishers publishers,
        Vendors vendors) {

    /** @param document a document that {@link Catalogues#rules} and the table of elements do not refuse */
    static CompiledTuning of(Tuning document, Catalogues catalogues) {
        var platform = document.getPlatform();
        return new CompiledTuning(
                document,
                DomainPolicy.of(document, catalogues.domains()),
                catalogues.userPaths().with(platform, document.getUserPaths()),
                catalogues.extensions().with(document.getHighRiskExtensions()),
                catalogues.processes().with(platform, document.getBrowserParents()),
                catalogues.commands(),
                catalogues.publishers(),
                catalogues.vendors());
    }
}
