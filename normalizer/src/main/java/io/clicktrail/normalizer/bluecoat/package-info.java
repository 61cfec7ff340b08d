/** Logs of Blue Coat proxies, now Symantec Edge SWG. */
@NullMarked
package io.clicktrail.normalizer.bluecoat;

import org.jspecify.annotations.NullMarked;
