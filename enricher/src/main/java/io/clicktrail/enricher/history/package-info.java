/** What sources outside the organisation say of a domain's past: registration, DNS, certificates, rankings. */
@NullMarked
package io.clicktrail.enricher.history;

import org.jspecify.annotations.NullMarked;
