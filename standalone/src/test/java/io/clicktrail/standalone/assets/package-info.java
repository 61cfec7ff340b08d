@NullMarked
package io.clicktrail.standalone.assets;

import org.jspecify.annotations.NullMarked;
