/** What the Helm chart makes, read as Kubernetes would read it. */
@NullMarked
package io.clicktrail.deploy.chart;

import org.jspecify.annotations.NullMarked;
