/** What happens when input, code or the cluster fails: dead letters, retries, replaced threads. */
@NullMarked
package io.clicktrail.streams.failures;

import org.jspecify.annotations.NullMarked;
