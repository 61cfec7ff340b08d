/** What happened, stage by stage, in sentences, and the indicators in it. */
@NullMarked
package io.clicktrail.alerter.timeline;

import org.jspecify.annotations.NullMarked;
