/** Readers of the files in which feeds and analysts hand out indicators. */
@NullMarked
package io.clicktrail.enricher.intel.feed;

import org.jspecify.annotations.NullMarked;
