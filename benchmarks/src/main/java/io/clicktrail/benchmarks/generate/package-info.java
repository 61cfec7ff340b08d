/** Sysmon logs as Winlogbeat ships them, invented from a seed. */
@NullMarked
package io.clicktrail.benchmarks.generate;

import org.jspecify.annotations.NullMarked;
