/** What happened after the click, from outside the chain: what was sent out, and what is known to follow. */
@NullMarked
package io.clicktrail.alerter.aftermath;

import org.jspecify.annotations.NullMarked;
