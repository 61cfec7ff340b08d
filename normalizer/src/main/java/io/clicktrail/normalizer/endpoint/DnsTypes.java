package io.clicktrail.normalizer.endpoint;

import org.jspecify.annotations.Nullable;

/** DNS record types (iana.org/assignments/dns-parameters) that a sensor may write as a number. */
final class DnsTypes {

    private DnsTypes() {}

    /** The name of a type; a name or another number as it is. */
    static @Nullable String named(@Nullable String type) {
        return switch (type) {
            case null -> null;
            case "1" -> "A";
            case "2" -> "NS";
            case "5" -> "CNAME";
            case "6" -> "SOA";
            case "12" -> "PTR";
            case "15" -> "MX";
            case "16" -> "TXT";
            case "28" -> "AAAA";
            case "33" -> "SRV";
            case "64" -> "SVCB";
            case "65" -> "HTTPS";
            case "255" -> "ANY";
            default -> type;
        };
    }
}
