package io.clicktrail.enricher.history.feed;

import java.util.Locale;

/** The file formats of domains' histories that can be loaded. */
public enum HistoryFormat {
    /** RDAP answers for domains (RFC 9083), one or many. */
    RDAP("rdap"),
    /** WHOIS in CSV with a heading that names the domain and the time of its creation. */
    WHOIS_CSV("whois"),
    /** Passive DNS in the common output format, as CIRCL and DNSDB answer: rrname, time_first, time_last. */
    PASSIVE_DNS("passive-dns"),
    /** Certificates as crt.sh lists them: name_value, not_before. */
    CRT_SH("crt.sh"),
    /** Certificates as certstream sends them: data.leaf_cert.all_domains, data.seen. */
    CERTSTREAM("certstream"),
    /** A ranking as Tranco, Cisco Umbrella and Majestic publish it: rank and domain. */
    RANKING("ranking");

    private final String source;

    HistoryFormat(String source) {
        this.source = source;
    }

    /** Name of the source where the operator gives none. */
    public String source() {
        return source;
    }

    /** The form of a file by its beginning, some kilobytes of text. */
    public static HistoryFormat of(String beginning) {
        String text = beginning.stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("{") || text.startsWith("[")) {
            if (text.contains("\"rrname\"")) {
                return PASSIVE_DNS;
            }
            if (text.contains("\"certificate_update\"") || text.contains("\"leaf_cert\"")) {
                return CERTSTREAM;
            }
            return text.contains("\"name_value\"") || text.contains("\"issuer_ca_id\"") ? CRT_SH : RDAP;
        }
        String heading = text.lines().findFirst().orElse("");
        return heading.contains("creat") ? WHOIS_CSV : RANKING;
    }
}
