package io.clicktrail.enricher.tuning;

import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.util.List;

/** Writes tuning documents as people would: MITRE's names, durations in ISO 8601, texts in quotes. */
final class TuningYaml {

    private final StringBuilder text = new StringBuilder();

    private TuningYaml() {}

    static String of(Tuning document) {
        var yaml = new TuningYaml();
        yaml.line("platform", document.getPlatform().name());
        yaml.line("version", quoted(document.getVersion()));
        yaml.duration("TimeWindow", document.getTimeWindowMs());
        yaml.duration("FollowOnWindow", document.getFollowOnMs());
        yaml.duration("ClockSkew", document.getSkewMs());
        yaml.duration("Grace", document.getGraceMs());
        yaml.list("BrowserParents", document.getBrowserParents());
        yaml.list("UserPaths", document.getUserPaths());
        yaml.list("SuspiciousTLDs", document.getSuspiciousTlds());
        yaml.entries(document.getAllowedCdns());
        yaml.list("HighRiskExtensions", document.getHighRiskExtensions());
        yaml.line("DomainRiskScore", Integer.toString(document.getDomainRiskScore()));
        yaml.line("QuarantinePolicy", document.getQuarantinePolicy().name());
        yaml.list("OwnDomains", document.getOwnDomains());
        yaml.list("ProtectedBrands", document.getProtectedBrands());
        return yaml.text.toString();
    }

    private void line(String key, String value) {
        text.append(key).append(": ").append(value).append('\n');
    }

    private void duration(String key, long millis) {
        line(key, Duration.ofMillis(millis).toString());
    }

    private void list(String key, List<String> values) {
        line(
                key,
                "[" + String.join(", ", values.stream().map(TuningYaml::quoted).toList()) + "]");
    }

    private void entries(List<AllowEntry> entries) {
        if (entries.isEmpty()) {
            line("AllowedCDNs", "[]");
            return;
        }
        text.append("AllowedCDNs:\n");
        for (AllowEntry entry : entries) {
            text.append("  - {pattern: ")
                    .append(quoted(entry.getPattern()))
                    .append(", scope: ")
                    .append(entry.getScope())
                    .append(", owner: ")
                    .append(quoted(entry.getOwner()))
                    .append(", reason: ")
                    .append(quoted(entry.getReason()))
                    .append(", expires: ")
                    .append(entry.getExpires())
                    .append("}\n");
        }
    }

    private static String quoted(String value) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7F) {
                quoted.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
