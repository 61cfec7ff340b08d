package io.clicktrail.standalone.reading;

/**
 * A value of a record or an event.
 *
 * @param name in JSON the names down to it, with dots between
 */
public record NamedValue(String name, String value) {}
