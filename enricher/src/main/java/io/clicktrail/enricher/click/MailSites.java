package io.clicktrail.enricher.click;

import io.clicktrail.schemas.lists.DataList;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The sites on which people read mail in a browser: a request that one of them refers to follows a link in a mail. */
public final class MailSites {

    private static final String AUTHORITY = "://";

    private final Set<String> hosts;

    private MailSites(Set<String> hosts) {
        this.hosts = Set.copyOf(hosts);
    }

    public static MailSites of(DataList list) {
        return new MailSites(list.rows().stream().map(row -> row.text(0)).collect(Collectors.toSet()));
    }

    /** Whether a URL is one of a mail site. */
    public boolean wrote(String url) {
        int from = url.indexOf(AUTHORITY);
        if (from < 0) {
            return false;
        }
        from += AUTHORITY.length();
        int end = from;
        while (end < url.length() && "/?#:".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return hosts.contains(url.substring(from, end).toLowerCase(Locale.ROOT));
    }
}
