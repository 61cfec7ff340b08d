package io.clicktrail.enricher.domain;

import java.util.Set;

/**
 * A name that look-alikes imitate.
 *
 * @param name lower case, no blanks
 * @param domains registrable domains that are really its owner's
 * @param own true for the organisation's own name
 */
record Brand(String name, Set<String> domains, boolean own) {

    Brand {
        domains = Set.copyOf(domains);
    }
}
