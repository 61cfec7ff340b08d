/** Reads JSON in one pass into the few fields that formats ask for. */
@NullMarked
package io.clicktrail.normalizer.json;

import org.jspecify.annotations.NullMarked;
