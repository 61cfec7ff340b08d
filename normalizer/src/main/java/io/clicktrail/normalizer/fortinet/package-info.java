/** Logs of Fortinet firewalls. */
@NullMarked
package io.clicktrail.normalizer.fortinet;

import org.jspecify.annotations.NullMarked;
