/** Tests of the package. */
@NullMarked
package io.clicktrail.console.web;

import org.jspecify.annotations.NullMarked;
