/** What the tests of all modules share: the topology driver, the in-memory registry, the real local stack. */
@NullMarked
package io.clicktrail.streams.testkit;

import org.jspecify.annotations.NullMarked;
