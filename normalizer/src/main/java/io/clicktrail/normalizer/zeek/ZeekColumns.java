package io.clicktrail.normalizer.zeek;

import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.TextFields;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The columns that Zeek 3 to 8 writes by default (docs.zeek.org, log files), for rows without their header. The value
 * of one characteristic column proves that a row is of this log.
 *
 * @param log the log
 * @param least the fewest columns that a version writes
 * @param most the most columns
 * @param slots the slot of each column that all these versions have in common
 * @param witness the slot of that column
 * @param evidence what may be there
 */
@SuppressWarnings("ArrayRecordComponent")
record ZeekColumns(String log, int least, int most, int[] slots, int witness, Predicate<String> evidence) {

    /** The most columns that are taken from a header. */
    static final int MAX_COLUMNS = 256;

    private static final String CONNECTION = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p ";
    private static final Set<String> CONNECTION_STATES =
            Set.of("S0", "S1", "SF", "REJ", "S2", "S3", "RSTO", "RSTR", "RSTOS0", "RSTRH", "SH", "SHR", "OTH");

    static List<ZeekColumns> defaults(FieldNames names) {
        return List.of(
                of(
                        names,
                        "conn",
                        20,
                        24,
                        CONNECTION + "proto service duration orig_bytes resp_bytes conn_state local_orig local_resp",
                        "conn_state",
                        CONNECTION_STATES::contains),
                of(
                        names,
                        "dns",
                        23,
                        23,
                        CONNECTION
                                + "proto trans_id query qclass qclass_name qtype qtype_name rcode "
                                + "rcode_name AA TC RD RA Z answers",
                        "qclass",
                        ZeekColumns::isWhole),
                of(
                        names,
                        "dns",
                        23,
                        26,
                        CONNECTION
                                + "proto trans_id rtt query qclass qclass_name qtype qtype_name rcode "
                                + "rcode_name AA TC RD RA Z answers",
                        "trans_id",
                        ZeekColumns::isWhole),
                of(
                        names,
                        "http",
                        30,
                        30,
                        CONNECTION
                                + "trans_depth method host uri referrer version user_agent origin "
                                + "request_body_len response_body_len"
                                + " status_code status_msg info_code info_msg tags username password "
                                + "proxied orig_fuids orig_filenames"
                                + " orig_mime_types resp_fuids resp_filenames resp_mime_types",
                        "trans_depth",
                        ZeekColumns::isNumber),
                of(
                        names,
                        "ssl",
                        16,
                        21,
                        CONNECTION + "version cipher curve server_name",
                        "version",
                        version ->
                                version.startsWith("TLS") || version.startsWith("SSL") || version.startsWith("DTLS")),
                of(
                        names,
                        "files",
                        27,
                        27,
                        "ts fuid uid id.orig_h id.orig_p id.resp_h id.resp_p source depth analyzers "
                                + "mime_type filename duration"
                                + " local_orig is_orig seen_bytes total_bytes missing_bytes overflow_bytes "
                                + "timedout parent_fuid md5 sha1 sha256",
                        "fuid",
                        fuid -> fuid.startsWith("F")),
                of(
                        names,
                        "files",
                        23,
                        25,
                        "ts fuid tx_hosts rx_hosts conn_uids source depth analyzers mime_type filename "
                                + "duration local_orig is_orig"
                                + " seen_bytes total_bytes missing_bytes overflow_bytes timedout "
                                + "parent_fuid md5 sha1 sha256",
                        "fuid",
                        fuid -> fuid.startsWith("F")),
                of(
                        names,
                        "dhcp",
                        15,
                        15,
                        "ts uids client_addr server_addr mac host_name client_fqdn domain requested_addr "
                                + "assigned_addr lease_time"
                                + " client_message server_message msg_types",
                        "mac",
                        mac -> mac.length() == 17 && mac.indexOf(':') == 2),
                of(
                        names,
                        "kerberos",
                        20,
                        20,
                        CONNECTION + "request_type client service success",
                        "request_type",
                        Set.of("AS", "TGS", "AP")::contains),
                of(
                        names,
                        "ntlm",
                        13,
                        14,
                        CONNECTION
                                + "username hostname domainname server_nb_computer_name "
                                + "server_dns_computer_name server_tree_name success",
                        "uid",
                        uid -> uid.startsWith("C")),
                of(
                        names,
                        "smtp",
                        26,
                        27,
                        CONNECTION
                                + "trans_depth helo mailfrom rcptto date from to cc reply_to msg_id "
                                + "in_reply_to subject",
                        "trans_depth",
                        ZeekColumns::isNumber));
    }

    boolean isWitnessed(TextFields values) {
        String value = values.get(witness);
        return value != null && evidence.test(value);
    }

    private static ZeekColumns of(
            FieldNames names,
            String log,
            int least,
            int most,
            String columns,
            String witness,
            Predicate<String> evidence) {
        int slot = names.slot(witness);
        return new ZeekColumns(log, least, most, names.columns(columns.split(" ")), slot, evidence);
    }

    private static boolean isWhole(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isNumber(String text) {
        return text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }
}
