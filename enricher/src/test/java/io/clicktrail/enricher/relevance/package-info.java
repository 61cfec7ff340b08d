@NullMarked
package io.clicktrail.enricher.relevance;

import org.jspecify.annotations.NullMarked;
