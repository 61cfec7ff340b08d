package io.clicktrail.normalizer.windows;

import org.jspecify.annotations.Nullable;

/** Windows' DNS error codes (winerror.h, 9001 to 9702) as DNS response codes. */
final class DnsStatus {

    private DnsStatus() {}

    /** The response code; a status without one as written; null where the status is absent. */
    static @Nullable String name(@Nullable String status) {
        return switch (status) {
            case null -> null;
            case "0", "SUCCESS" -> "NOERROR";
            case "9001", "DNS_ERROR_RCODE_FORMAT_ERROR" -> "FORMERR";
            case "9002", "DNS_ERROR_RCODE_SERVER_FAILURE" -> "SERVFAIL";
            case "9003", "DNS_ERROR_RCODE_NAME_ERROR" -> "NXDOMAIN";
            case "9004", "DNS_ERROR_RCODE_NOT_IMPLEMENTED" -> "NOTIMP";
            case "9005", "DNS_ERROR_RCODE_REFUSED" -> "REFUSED";
            case "9501", "DNS_INFO_NO_RECORDS" -> "NODATA";
            default -> status;
        };
    }
}
