/** Removal of what is known of a host or a person. */
@NullMarked
package io.clicktrail.standalone.erasure;

import org.jspecify.annotations.NullMarked;
