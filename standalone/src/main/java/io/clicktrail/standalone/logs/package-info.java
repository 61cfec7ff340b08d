/** Log files on disk, taken apart into the records that a collector would have sent. */
@NullMarked
package io.clicktrail.standalone.logs;

import org.jspecify.annotations.NullMarked;
