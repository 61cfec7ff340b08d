/** Whether the pipeline keeps up. */
@NullMarked
package io.clicktrail.console.pipeline;

import org.jspecify.annotations.NullMarked;
