/** When the services commit. */
@NullMarked
package io.clicktrail.streams.commits;

import org.jspecify.annotations.NullMarked;
