/** Logs of DHCP servers. */
@NullMarked
package io.clicktrail.normalizer.dhcp;

import org.jspecify.annotations.NullMarked;
