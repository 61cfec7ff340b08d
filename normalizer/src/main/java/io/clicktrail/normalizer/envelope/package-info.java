/** What collectors wrap around a log record, and how it comes off. */
@NullMarked
package io.clicktrail.normalizer.envelope;

import org.jspecify.annotations.NullMarked;
