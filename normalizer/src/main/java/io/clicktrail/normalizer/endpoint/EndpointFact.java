package io.clicktrail.normalizer.endpoint;

/** The kinds of events to which the actions of endpoint sensors (EDR) are mapped. */
enum EndpointFact {
    PROCESS_START,
    PROCESS_END,
    CONNECTION_OUT,
    CONNECTION_OUT_FAILED,
    CONNECTION_IN,
    /** A request that the sensor read on the host. */
    HTTP_REQUEST,
    DNS_QUERY,
    FILE_WRITE,
    /** The Mark of the Web was written. */
    FILE_MARK,
    /** A program handed a link to the browser. */
    URL_OPEN,
    LOGON,
    LOGON_FAILED,
    LOGOFF,
    ALERT,
    /** The sensor reports what it stopped. */
    ALERT_BLOCKED,
    /** The addresses that the host has. */
    ADDRESSES
}
