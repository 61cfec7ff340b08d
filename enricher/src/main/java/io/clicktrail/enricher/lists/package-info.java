/** Dated data files: what the judgements rest on. */
@NullMarked
package io.clicktrail.enricher.lists;

import org.jspecify.annotations.NullMarked;
