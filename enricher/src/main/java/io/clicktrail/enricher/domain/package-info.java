/** Who answers for a URL or host, and how risky that is. */
@NullMarked
package io.clicktrail.enricher.domain;

import org.jspecify.annotations.NullMarked;
