/** Query logs of DNS servers. */
@NullMarked
package io.clicktrail.normalizer.dns;

import org.jspecify.annotations.NullMarked;
