/** Tests of the package. */
@NullMarked
package io.clicktrail.console.revisions;

import org.jspecify.annotations.NullMarked;
