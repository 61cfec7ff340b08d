package io.clicktrail.normalizer.cef;

import io.clicktrail.event.EventKind;

/** What an event of a device tells of. */
enum Role {
    WEB(EventKind.HTTP_REQUEST),
    NETWORK(EventKind.NETWORK_CONNECTION),
    DNS(EventKind.DNS_QUERY),
    PROCESS(EventKind.PROCESS_START),
    FILE(EventKind.FILE_WRITE),
    LOGON(EventKind.LOGON),
    LOGOFF(EventKind.LOGON),
    MAIL(EventKind.EMAIL),
    ALERT(EventKind.SECURITY_ALERT),
    /** Of no use here. */
    OTHER(EventKind.OTHER);

    private final EventKind kind;

    Role(EventKind kind) {
        this.kind = kind;
    }

    EventKind kind() {
        return kind;
    }
}
