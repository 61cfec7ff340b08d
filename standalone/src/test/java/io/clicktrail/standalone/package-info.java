/** Tests of the command line and of the whole suite. */
@NullMarked
package io.clicktrail.standalone;

import org.jspecify.annotations.NullMarked;
