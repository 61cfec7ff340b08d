package io.clicktrail.normalizer.cef;

import io.clicktrail.event.EventKind;
import java.util.Locale;

/** The kinds of device events. */
enum DeviceEventKind {
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
    private final String word;

    DeviceEventKind(EventKind kind) {
        this.kind = kind;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    /** The role in the names of datasets. */
    String word() {
        return this == LOGOFF ? LOGON.word : word;
    }

    EventKind kind() {
        return kind;
    }
}
