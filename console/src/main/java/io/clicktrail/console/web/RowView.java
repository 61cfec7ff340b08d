package io.clicktrail.console.web;

import io.clicktrail.console.queue.CaseRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A case in a list.
 *
 * @param row the raw names, for addresses of filters
 * @param due how long until it must be acknowledged, or since when it should be; empty where it need not
 */
public record RowView(
        CaseRow row,
        String severity,
        String title,
        String host,
        String user,
        String domain,
        String campaign,
        String state,
        String created,
        String due,
        boolean overdue) {

    static RowView of(CaseRow row, Instant now) {
        Instant at = row.due();
        String due = at == null
                ? row.acknowledged() && !row.closed() ? "acknowledged" : ""
                : at.isAfter(now)
                        ? "acknowledge in " + Words.length(Duration.between(now, at))
                        : "overdue " + Words.length(Duration.between(at, now));
        return new RowView(
                row,
                row.severity().name().toLowerCase(Locale.ROOT),
                Words.text(row.title()),
                Words.text(row.host()),
                Words.text(row.user()),
                Words.place(row.domain()),
                Words.text(row.campaign()),
                row.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Words.time(row.created()),
                due,
                at != null && !at.isAfter(now));
    }
}
