/** How to use the engine as a library. */
@NullMarked
package io.clicktrail.example;

import org.jspecify.annotations.NullMarked;
