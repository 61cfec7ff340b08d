/** What is wrong with a machine, its cluster and its sensors, and what to do about it. */
@NullMarked
package io.clicktrail.standalone.doctor;

import org.jspecify.annotations.NullMarked;
