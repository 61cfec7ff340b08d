@NullMarked
package io.clicktrail.engine.topology;

import org.jspecify.annotations.NullMarked;
