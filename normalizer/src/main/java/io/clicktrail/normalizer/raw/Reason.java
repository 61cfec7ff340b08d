package io.clicktrail.normalizer.raw;

/** Why a record, or a part of one, could not be read. The names are part of the contract of the rejected topic. */
public enum Reason {
    /** No value, or nothing but blanks. */
    EMPTY,
    /** Larger than {@link InputLimits#valueBytes}, as it came or expanded. */
    TOO_LARGE,
    /** Nested deeper than {@link InputLimits#depth}. */
    TOO_DEEP,
    /** A name, number, string, attribute or element count beyond what a log record needs. */
    TOO_LONG,
    /** More documents than {@link InputLimits#documents}, or more broken ones than {@link InputLimits#faults}. */
    TOO_MANY,
    /** Envelopes nested deeper than {@link InputLimits#envelopes}. */
    TOO_MANY_ENVELOPES,
    /** No format's signature fits. */
    UNKNOWN_FORMAT,
    /** JSON that breaks off or breaks the grammar. */
    BAD_JSON,
    /** XML that breaks off or is not well formed. */
    BAD_XML,
    /** XML with a document type definition. */
    XML_DTD,
    /** A line of an operator's format that its pattern does not fit. */
    NO_MATCH,
    /** Base64 or gzip that breaks off or is none. */
    BAD_COMPRESSION,
    /** The event time is missing, unreadable or outside the years 1970 to 9999. */
    BAD_TIME,
    /** A field without which the event says nothing is missing or unreadable. */
    MISSING_FIELD,
    /** A piece of an event whose decisive piece did not come in time. */
    INCOMPLETE,
    /** A piece of an event that had to make room for others: more were open, or larger, than the bounds allow. */
    CROWDED_OUT
}
