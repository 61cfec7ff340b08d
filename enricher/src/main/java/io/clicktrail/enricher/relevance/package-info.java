/** Which events anything after the normalizer can use, so that the others end where they are parsed. */
@NullMarked
package io.clicktrail.enricher.relevance;

import org.jspecify.annotations.NullMarked;
