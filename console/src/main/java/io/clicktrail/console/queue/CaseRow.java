package io.clicktrail.console.queue;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Observable;
import io.clicktrail.alert.ObservableRole;
import io.clicktrail.alert.ObservableType;
import io.clicktrail.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the queue keeps of a case in memory. Texts are cut, so a row has at most some kilobytes.
 *
 * @param due when it must be acknowledged; null where it is, or has no such time
 * @param hashes of files that are its indicators
 * @param words all that a search looks through, lower case
 */
public record CaseRow(
        String alertId,
        int revision,
        Severity severity,
        int tier,
        CaseState state,
        boolean closed,
        boolean acknowledged,
        Instant created,
        @Nullable Instant due,
        String platform,
        String host,
        String user,
        String domain,
        String campaign,
        List<String> hashes,
        String title,
        String words) {

    private static final int MAX_NAME = 256;
    private static final int MAX_WORDS = 4096;

    /** The row of a revision. */
    public static CaseRow of(Alert alert) {
        var handling = alert.getHandling();
        String host = cut(alert.getDevice().getHostname(), MAX_NAME);
        String user = alert.getUser() == null ? "" : cut(alert.getUser().getKey(), MAX_NAME);
        String domain = cut(alert.getTenantKey(), MAX_NAME);
        String title = cut(alert.getTitle(), MAX_NAME);
        boolean closed = switch (alert.getState()) {
            case RESOLVED, ARCHIVED, DELETED, SUPPRESSED -> true;
            case NEW, IN_PROGRESS, UNKNOWN -> false;
        };
        return new CaseRow(
                alert.getAlertId(),
                alert.getRevision(),
                alert.getSeverity(),
                alert.getEscalation().getTier(),
                alert.getState(),
                closed,
                handling != null && handling.getAcknowledgedAt() != null,
                alert.getCreatedTime(),
                handling == null || closed ? null : handling.getDueAt(),
                alert.getDevice().getPlatform().name().toLowerCase(Locale.ROOT),
                host,
                user,
                domain,
                cut(Objects.requireNonNullElse(alert.getCampaignKey(), ""), MAX_NAME),
                alert.getObservables().stream()
                        .filter(item ->
                                item.getType() == ObservableType.HASH && item.getRole() == ObservableRole.ATTACK)
                        .map(Observable::getValue)
                        .limit(8)
                        .toList(),
                title,
                words(alert, host, user, domain, title));
    }

    private static String words(Alert alert, String host, String user, String domain, String title) {
        var words = new StringBuilder(512);
        words.append(alert.getAlertId())
                .append('\n')
                .append(title)
                .append('\n')
                .append(host)
                .append('\n');
        words.append(user).append('\n').append(domain).append('\n');
        for (Observable item : alert.getObservables()) {
            if (words.length() < MAX_WORDS) {
                words.append(cut(item.getValue(), MAX_NAME)).append('\n');
            }
        }
        for (CaseEvidence item : alert.getEvidence()) {
            if (words.length() < MAX_WORDS) {
                words.append(cut(item.getWhat(), MAX_NAME)).append('\n');
            }
        }
        return cut(words.toString(), MAX_WORDS).toLowerCase(Locale.ROOT);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
