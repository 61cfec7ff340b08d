package io.clicktrail.normalizer.mail;

import io.clicktrail.event.Email;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text logs of Cisco's AsyncOS (cisco.com user guide "Logging"), of which those of the Secure Email Gateway tell of
 * mails: {@code [Mon Mar  2 10:00:05 2026] [HOST LOG:] Info: MID 81 …}, where a syslog header has not taken the stamp
 * and the log's name.
 *
 * <p>One mail is many lines that share its MID. The normalizer holds no state: each line that names sender, recipient,
 * subject, Message-ID, a link or a refusal becomes an EMAIL of that much under {@code local_id}, and what belongs
 * together is met again by it. A line without stamp is only taken for one of these logs where it begins as they do.
 */
public final class AsyncOsLine implements TextFormat {

    private static final String DATASET = "cisco.asyncos";
    private static final int STAMP = 24;
    private static final int TRAFFIC_STAMP = 20;
    private static final int MAX_NAME = 128;
    private static final String MID = "MID ";
    private static final String[] LEVELS = {"Info: ", "Warning: ", "Critical: ", "Debug: ", "Trace: "};
    private static final String[] DAYS = {"Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "};

    /** How lines of the mail, anti-spam, system, HTTP and content-scanner logs begin after the level. */
    private static final String[] BEGINNINGS = {
        "MID ",
        "ICID ",
        "DCID ",
        "RID ",
        "New SMTP ",
        "Start MID ",
        "Message finished MID ",
        "Message done DCID ",
        "Message aborted MID ",
        "Message containing attachment",
        "SDS_CLIENT: ",
        "Version: ",
        "case antispam",
        "case waiting ",
        "PF: ",
        "ISQ: ",
        "SenderBase upload: ",
        "Internal SMTP ",
        "A System/",
        "Error while sending alert: ",
        "lame DNS referral: ",
        "Received an invalid DNS Response: ",
        "service_log_client.",
        "req:",
        "login:",
        "logout:",
        "TLS connection failed ",
        "The system time was changed ",
        "Hostname is successfully changed ",
        "Error in http connection from host ",
        "SSL error with client "
    };

    @Override
    public String name() {
        return "cisco.asyncos";
    }

    @Override
    public boolean recognises(Span text) {
        int stampEnd = stampEnd(text);
        if (stampEnd == text.from()) {
            int content = content(text, text.from());
            return content > 0 && beginsWith(text, content, BEGINNINGS);
        }
        Span line = new Span(text.bytes(), text.from(), Lines.end(text.bytes(), text.from(), text.to()));
        return stampEnd(line) == stampEnd && content(line, named(line, stampEnd)) > 0;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        int stampEnd = stampEnd(record);
        int from = content(record, stampEnd == record.from() ? stampEnd : named(record, stampEnd));
        String line = new String(record.bytes(), from, record.to() - from, StandardCharsets.UTF_8);
        int mid = line.startsWith(MID) ? 0 : line.indexOf(" " + MID) + 1;
        int number = mid + MID.length();
        int end = digitsEnd(line, number);
        boolean hasMid = line.startsWith(MID, mid) && end > number;
        EventDraft draft = hasMid ? mail(line, line.substring(number, end), end, context) : null;
        if (draft == null) {
            return new Outcome.Ignored(DATASET, "line about no mail");
        }
        if (stampEnd > record.from()) {
            draft.time(context.time(
                    new String(record.bytes(), record.from(), stampEnd - record.from(), StandardCharsets.US_ASCII)));
        }
        return context.event(draft, this);
    }

    private static @Nullable EventDraft mail(String line, String mid, int from, RecordContext context) {
        String sender = between(line, from, " From: <", ">");
        String recipient = between(line, from, " To: <", ">");
        String messageId = quoted(line, from, " Message-ID ");
        String subject = quoted(line, from, " Subject ");
        String url = url(line, from);
        boolean isStopped = line.startsWith("Message aborted")
                || line.indexOf(" quarantined to ", from) >= 0
                || line.indexOf(" aborted: ", from) >= 0
                || line.indexOf(" Dropped by ", from) >= 0;
        if (sender == null && recipient == null && messageId == null && subject == null && url == null && !isStopped) {
            return null;
        }
        int most = context.limits().fieldChars();
        EventDraft draft = new EventDraft(DATASET, EventKind.EMAIL)
                .user(recipient == null ? null : Users.of(recipient))
                .outcome(isStopped ? EventOutcome.FAILURE : EventOutcome.UNKNOWN)
                .email(new Email(
                        Mailboxes.messageId(messageId),
                        sender,
                        recipient == null ? List.of() : List.of(recipient),
                        subject,
                        mid,
                        url == null ? List.of() : List.of(url.length() > most ? url.substring(0, most) : url)));
        return url != null && url.length() > most ? draft.tag(RecordContext.TRUNCATED) : draft;
    }

    /**
     * {@code URL https://…}, or {@code rewritten URL u'https://…'} of the outbreak filter; the link as it was in the
     * mail.
     */
    private static @Nullable String url(String line, int from) {
        int at = line.indexOf(" URL ", from);
        if (at < 0) {
            return null;
        }
        int start = at + 5;
        if (line.startsWith("u'", start)) {
            start += 2;
        }
        int end = start;
        while (end < line.length() && " '\"".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        String url = line.substring(start, end);
        return url.indexOf("://") > 0 ? url : null;
    }

    private static @Nullable String quoted(String line, int from, String name) {
        int at = line.indexOf(name, from);
        int open = at + name.length();
        if (at < 0 || open >= line.length()) {
            return null;
        }
        char quote = line.charAt(open);
        int close = quote == '\'' || quote == '"' ? line.lastIndexOf(quote) : -1;
        return close <= open ? null : Placeholders.absent(line.substring(open + 1, close));
    }

    private static @Nullable String between(String line, int from, String open, String close) {
        int at = line.indexOf(open, from);
        int start = at + open.length();
        int end = at < 0 ? -1 : line.indexOf(close, start);
        return end <= start ? null : line.substring(start, end);
    }

    private static int digitsEnd(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /**
     * The end of {@code Mon Mar  2 10:00:05 2026} or, in the traffic monitor's log of the web security appliance,
     * {@code 02 Mar 2026 10:00:05 (GMT+1:00)}; the beginning where there is neither.
     */
    private static int stampEnd(Span text) {
        int from = text.from();
        int end = from + STAMP;
        byte[] bytes = text.bytes();
        if (end >= text.to()) {
            return from;
        }
        if (Lines.startsWith(bytes, from + TRAFFIC_STAMP, text.to(), " (GMT") && bytes[from + 2] == ' ') {
            int close = Lines.find(bytes, from, Math.min(text.to(), from + MAX_NAME), ") ");
            return close < 0 ? from : close + 1;
        }
        boolean isStamp =
                bytes[end] == ' ' && bytes[from + 13] == ':' && bytes[from + 16] == ':' && beginsWith(text, from, DAYS);
        return isStamp ? end : from;
    }

    /** After host and log name, {@code 10.1.0.25 mail_logs:}, where they are between stamp and level. */
    private static int named(Span text, int from) {
        int at = Lines.skipBlanks(text.bytes(), from, text.to());
        if (level(text, at) > 0) {
            return at;
        }
        int to = Math.min(text.to(), at + MAX_NAME);
        int colon = Lines.find(text.bytes(), at, to, ": ");
        int lineEnd = Lines.end(text.bytes(), at, to);
        return colon < 0 || colon > lineEnd ? at : Lines.skipBlanks(text.bytes(), colon + 1, text.to());
    }

    /** The place after the level, or -1 where there is none. */
    private static int content(Span text, int from) {
        int level = level(text, from);
        return level < 0 ? -1 : Lines.skipBlanks(text.bytes(), level, text.to());
    }

    private static int level(Span text, int from) {
        for (String level : LEVELS) {
            if (Lines.startsWith(text.bytes(), from, text.to(), level)) {
                return from + level.length();
            }
        }
        return -1;
    }

    private static boolean beginsWith(Span text, int from, String[] beginnings) {
        for (String beginning : beginnings) {
            if (Lines.startsWith(text.bytes(), from, text.to(), beginning)) {
                return true;
            }
        }
        return false;
    }
}
