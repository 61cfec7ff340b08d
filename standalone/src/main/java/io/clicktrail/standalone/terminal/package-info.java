/** Output of the command line: results, messages and progress. */
@NullMarked
package io.clicktrail.standalone.terminal;

import org.jspecify.annotations.NullMarked;
