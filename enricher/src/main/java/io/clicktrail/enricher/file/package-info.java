/** Risk of files: user-writable folders, classes of extensions, deceptive names, marks of the web and content types. */
@NullMarked
package io.clicktrail.enricher.file;

import org.jspecify.annotations.NullMarked;
