/** Dated data files: what scores rest on. */
@NullMarked
package io.clicktrail.enricher.lists;

import org.jspecify.annotations.NullMarked;
