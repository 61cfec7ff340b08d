/** Logs of Palo Alto Networks firewalls. */
@NullMarked
package io.clicktrail.normalizer.paloalto;

import org.jspecify.annotations.NullMarked;
