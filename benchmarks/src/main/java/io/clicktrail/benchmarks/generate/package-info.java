/** Synthetic Sysmon logs in the format of Winlogbeat, generated from a seed. */
@NullMarked
package io.clicktrail.benchmarks.generate;

import org.jspecify.annotations.NullMarked;
