/** The rate of the in-process engine. */
@NullMarked
package io.clicktrail.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
