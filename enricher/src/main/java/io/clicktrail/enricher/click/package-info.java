/** What shows that a user followed a link. */
@NullMarked
package io.clicktrail.enricher.click;

import org.jspecify.annotations.NullMarked;
