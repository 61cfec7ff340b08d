@NullMarked
package io.clicktrail.colocated;

import org.jspecify.annotations.NullMarked;
