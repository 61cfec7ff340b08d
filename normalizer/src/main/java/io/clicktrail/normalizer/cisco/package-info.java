/** Messages of Cisco firewalls. */
@NullMarked
package io.clicktrail.normalizer.cisco;

import org.jspecify.annotations.NullMarked;
