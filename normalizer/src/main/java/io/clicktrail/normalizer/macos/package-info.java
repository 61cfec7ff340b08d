/**
 * Logs of macOS: Endpoint Security as eslogger, Jamf Protect and Santa write it, the unified log, and file system
 * events.
 */
@NullMarked
package io.clicktrail.normalizer.macos;

import org.jspecify.annotations.NullMarked;
