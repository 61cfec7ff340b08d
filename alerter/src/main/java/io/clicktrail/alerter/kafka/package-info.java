/** The processors between topics and stores. */
@NullMarked
package io.clicktrail.alerter.kafka;

import org.jspecify.annotations.NullMarked;
