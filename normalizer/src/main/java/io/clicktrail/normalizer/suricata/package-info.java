/** Suricata's EVE records. */
@NullMarked
package io.clicktrail.normalizer.suricata;

import org.jspecify.annotations.NullMarked;
