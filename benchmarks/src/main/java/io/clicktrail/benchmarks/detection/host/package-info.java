/** What happens on machines: programs, files and connections, before any sensor writes of it. */
@NullMarked
package io.clicktrail.benchmarks.detection.host;

import org.jspecify.annotations.NullMarked;
