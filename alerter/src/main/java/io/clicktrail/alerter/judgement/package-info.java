/** How bad, how sure and how risky a chain is, and what lowered it. */
@NullMarked
package io.clicktrail.alerter.judgement;

import org.jspecify.annotations.NullMarked;
