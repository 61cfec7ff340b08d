/** The forms of a case: OCSF, ECS, plain JSON, and text for a terminal. */
@NullMarked
package io.clicktrail.alerter.render;

import org.jspecify.annotations.NullMarked;
