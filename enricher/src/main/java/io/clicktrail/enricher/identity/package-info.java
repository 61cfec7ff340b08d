/** Which host an address or a user belonged to at a time. */
@NullMarked
package io.clicktrail.enricher.identity;

import org.jspecify.annotations.NullMarked;
