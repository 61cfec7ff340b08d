/** The case as an HTML page: one sentence, a drawn timeline, the score, what to do, and every piece of evidence. */
@NullMarked
package io.clicktrail.alerter.page;

import org.jspecify.annotations.NullMarked;
