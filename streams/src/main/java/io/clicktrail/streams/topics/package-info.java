/** Topics of a service: names, partitions, access, and the tuning topic that several services read. */
@NullMarked
package io.clicktrail.streams.topics;

import org.jspecify.annotations.NullMarked;
