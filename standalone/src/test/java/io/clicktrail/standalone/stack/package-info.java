/** Tests of the stack's services. */
@NullMarked
package io.clicktrail.standalone.stack;

import org.jspecify.annotations.NullMarked;
