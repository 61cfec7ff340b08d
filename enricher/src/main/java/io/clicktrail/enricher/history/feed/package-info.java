/** Files of domains' histories as their providers publish them. */
@NullMarked
package io.clicktrail.enricher.history.feed;

import org.jspecify.annotations.NullMarked;
