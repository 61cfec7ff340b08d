/** Tests of the contract. */
@NullMarked
package io.clicktrail.schemas;

import org.jspecify.annotations.NullMarked;
