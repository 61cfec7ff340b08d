/** Tests of the order of delivery. */
@NullMarked
package io.clicktrail.standalone.delivery;

import org.jspecify.annotations.NullMarked;
