/** Tests of taking log files apart. */
@NullMarked
package io.clicktrail.standalone.logs;

import org.jspecify.annotations.NullMarked;
