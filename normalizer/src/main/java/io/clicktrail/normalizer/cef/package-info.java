/** Events of devices in ArcSight's CEF and IBM's LEEF: a header that names the product, and a list of keys. */
@NullMarked
package io.clicktrail.normalizer.cef;

import org.jspecify.annotations.NullMarked;
