/** Tests of the package. */
@NullMarked
package io.clicktrail.standalone.doctor;

import org.jspecify.annotations.NullMarked;
