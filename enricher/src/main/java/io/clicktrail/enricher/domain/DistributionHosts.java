package io.clicktrail.enricher.domain;

import java.util.Set;

/** Hosts whose name says that programs are handed out there, as vendors name them: {@code downloads.vendor.example}. */
public final class DistributionHosts {

    /** Labels as the download pages and package repositories of vendors and distributions have them. */
    private static final Set<String> LABELS = Set.of(
            "apt",
            "archive",
            "deb",
            "dl",
            "download",
            "downloads",
            "installer",
            "installers",
            "package",
            "packages",
            "release",
            "releases",
            "repo",
            "repos",
            "rpm",
            "update",
            "updates",
            "yum");

    private DistributionHosts() {}

    /**
     * Whether a label of the name, or what stands between its hyphens, is one of them, digits aside. The last two
     * labels are the vendor's own name.
     *
     * @param host name in lower case
     */
    public static boolean covers(String host) {
        int end = host.lastIndexOf('.', Math.max(0, host.lastIndexOf('.') - 1));
        int begin = 0;
        for (int i = 0; i <= end; i++) {
            char each = host.charAt(i);
            if (each == '.' || each == '-') {
                if (LABELS.contains(withoutDigits(host, begin, i))) {
                    return true;
                }
                begin = i + 1;
            }
        }
        return false;
    }

    private static String withoutDigits(String host, int begin, int end) {
        int last = end;
        while (last > begin && Character.isDigit(host.charAt(last - 1))) {
            last--;
        }
        return host.substring(begin, last);
    }
}
