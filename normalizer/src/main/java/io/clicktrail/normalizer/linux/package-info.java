/** Logs of Linux hosts: the audit system raw, by LAUREL and by Auditbeat, and osquery's results. */
@NullMarked
package io.clicktrail.normalizer.linux;

import org.jspecify.annotations.NullMarked;
