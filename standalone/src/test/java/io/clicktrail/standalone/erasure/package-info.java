/** Tests of what names a host or a person. */
@NullMarked
package io.clicktrail.standalone.erasure;

import org.jspecify.annotations.NullMarked;
