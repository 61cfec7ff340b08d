/**
 * The four services in one process and on one thread, without Kafka: for tests, backtests, benchmarks and libraries.
 */
@NullMarked
package io.clicktrail.engine;

import org.jspecify.annotations.NullMarked;
