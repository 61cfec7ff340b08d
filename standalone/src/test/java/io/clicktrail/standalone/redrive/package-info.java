/** Tests of dead letters without a broker. */
@NullMarked
package io.clicktrail.standalone.redrive;

import org.jspecify.annotations.NullMarked;
