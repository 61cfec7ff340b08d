package io.clicktrail.normalizer.linux;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Logons;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.AssembledFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Span;
import java.util.List;
import java.util.Locale;

/**
 * The audit daemon's own lines. An event of the kernel is several of them, which share a stamp and come in any order;
 * those of programs (USER_LOGIN and its kin) are complete by themselves.
 */
public final class AuditdText implements TextFormat, AssembledFormat {

    private static final String OTHER = "linux.audit.other";
    private static final int LOCAL_LOGON = 2;
    private static final int REMOTE_LOGON = 10;

    @Override
    public String name() {
        return "linux.auditd";
    }

    @Override
    public List<String> datasets() {
        return List.of(AuditEvent.DATASET, OTHER);
    }

    @Override
    public boolean recognises(Span text) {
        return AuditLine.isAt(text);
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        AuditLine line = AuditLine.of(record);
        EventTime time = line == null ? null : AuditLine.time(line.stamp());
        if (line == null && AuditLine.isUnread(record)) {
            return new Outcome.Ignored(OTHER, "record that the audit daemon could not read");
        }
        if (line == null || time == null) {
            return context.rejected(Reason.BAD_TIME, this);
        }
        return switch (line.type()) {
            case "SYSCALL", "EXECVE", "PATH", "CWD", "SOCKADDR", "PROCTITLE" -> context.piece(key(line, context), time);
            case "USER_LOGIN" -> logon(line, true, context);
            case "USER_LOGOUT" -> logon(line, false, context);
            case "EOE" -> new Outcome.Ignored(AuditEvent.DATASET, "end of an event");
            default -> new Outcome.Ignored(OTHER, "audit record without use here");
        };
    }

    @Override
    public Assembled assemble(List<Span> pieces) {
        AuditRecords records = AuditRecords.of(pieces);
        return new Assembled() {
            @Override
            public boolean isComplete() {
                return records.isComplete();
            }

            @Override
            public int decisive() {
                return records.decisive();
            }

            @Override
            public Outcome read(RecordContext context) {
                AuditEvent event = records.event();
                return event == null
                        ? context.rejected(Reason.INCOMPLETE, AuditdText.this)
                        : event.read(context, AuditdText.this);
            }
        };
    }

    private static String key(AuditLine line, RecordContext context) {
        String host = line.node() == null ? context.metadata().host() : line.node();
        return (host == null ? "" : host.toLowerCase(Locale.ROOT)) + " " + line.stamp();
    }

    private Outcome logon(AuditLine line, boolean begin, RecordContext context) {
        AuditFields fields = AuditFields.of(line.body());
        if ("failed".equals(fields.plain("res")) || "no".equals(fields.plain("res"))) {
            return new Outcome.Ignored(OTHER, "logon that failed");
        }
        String host = line.node() == null ? context.metadata().host() : line.node();
        String ip = IpAddresses.canonical(fields.plain("addr"));
        String account = fields.text("acct");
        String name = account != null ? account : fields.plain(begin ? "ID" : "AUID");
        String id = fields.plain("id") != null ? fields.plain("id") : fields.plain("auid");
        EventDraft draft = new EventDraft(AuditEvent.DATASET, EventKind.LOGON)
                .code(line.type().toLowerCase(Locale.ROOT))
                .time(AuditLine.time(line.stamp()))
                .host(Hosts.of(host, Platform.LINUX, null))
                .user(Users.of(null, name, Numbers.whole(id) == null ? null : id))
                .client(ip, null, null)
                .logon(Logons.of(ip == null ? LOCAL_LOGON : REMOTE_LOGON, fields.plain("ses"), ip, begin));
        if (host != null) {
            draft.identity("auditd", Hosts.key(host), line.stamp(), line.type());
        }
        return context.event(draft, this);
    }
}
