@NullMarked
package io.clicktrail.engine;

import org.jspecify.annotations.NullMarked;
