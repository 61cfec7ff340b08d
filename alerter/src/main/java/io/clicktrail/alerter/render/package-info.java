/** The formats of a case: OCSF, ECS, STIX, flat JSON, Markdown, text and Avro files. */
@NullMarked
package io.clicktrail.alerter.render;

import org.jspecify.annotations.NullMarked;
