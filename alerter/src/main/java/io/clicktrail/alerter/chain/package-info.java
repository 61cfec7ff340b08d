/** The detection prepared for its case: ordered, sanitized and cut to a size limit. */
@NullMarked
package io.clicktrail.alerter.chain;

import org.jspecify.annotations.NullMarked;
