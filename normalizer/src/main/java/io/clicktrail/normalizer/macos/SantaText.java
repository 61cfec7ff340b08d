package io.clicktrail.normalizer.macos;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Host;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Santa's log (northpole.dev, "Telemetry"): {@code [time] I santad: action=EXEC|key=value|..}. A bar inside a value is
 * written {@code <pipe>}. Arguments are joined with blanks, as Santa writes them. An execution that Santa has denied
 * has failed.
 */
public final class SantaText implements TextFormat {

    static final String DATASET = "macos.santa";
    private static final String MARK = "santad: action=";
    private static final int MAX_HEAD = 96;
    private static final int MAX_FIELDS = 128;

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public String firstBytes() {
        return "[s";
    }

    @Override
    public boolean recognises(Span text) {
        int end = Math.min(text.to(), text.from() + MAX_HEAD);
        int mark = Lines.find(text.bytes(), text.from(), end, MARK);
        return text.bytes()[text.from()] == 's'
                ? mark == text.from()
                : mark > 0 && Lines.end(text.bytes(), text.from(), end) > mark;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        int mark = line.indexOf(MARK);
        Map<String, String> fields = fields(line, mark + MARK.length() - "action=".length());
        int close = line.indexOf(']');
        EventTime time = line.charAt(0) == '[' && close > 0
                ? context.time(line.substring(1, close))
                : context.metadata().time();
        if (time == null) {
            return context.rejected(Reason.BAD_TIME, this);
        }
        Host host = Hosts.of(context.metadata().host(), Platform.MACOS, null);
        EventDraft draft = draft(fields, host, time);
        return draft == null
                ? new Outcome.Ignored(DATASET, "action without use here")
                : context.event(draft.time(time).host(host), this);
    }

    private static @Nullable EventDraft draft(Map<String, String> fields, @Nullable Host host, EventTime time) {
        String action = fields.getOrDefault("action", "");
        return switch (action) {
            case "EXEC" -> started(fields, host, time);
            case "EXIT" -> acting(EventKind.PROCESS_END, "EXIT", fields, host);
            case "WRITE" -> file(fields.get("path"), null, "WRITE", fields, host);
            case "RENAME", "LINK", "CLONE", "COPYFILE" ->
                file(fields.get("newpath"), fields.get("path"), action, fields, host);
            default -> null;
        };
    }

    private static @Nullable EventDraft started(Map<String, String> fields, @Nullable Host host, EventTime time) {
        String path = fields.get("path");
        if (path == null) {
            return null;
        }
        Long parent = Numbers.whole(fields.get("ppid"));
        ProcessDraft process = process(path, fields, host)
                .start(time)
                .commandLine(fields.get("args"))
                .workingDirectory(fields.get("cwd"))
                .hash(Hashes.of(null, null, fields.get("sha256")))
                .codeSignature(fields.get("signing_id"), fields.get("teamid"))
                .parent(parent == null ? null : new ParentProcess(null, parent, null, null));
        EventDraft draft = new EventDraft(DATASET, EventKind.PROCESS_START)
                .code("EXEC")
                .process(process.build())
                .user(Users.of(null, fields.get("user"), fields.get("uid")));
        String origin = fields.get("quarantine_url");
        if (origin != null) {
            draft.file(new FileDraft(FilePath.posix(path)).origin(origin, null).build());
        }
        String decision = fields.get("decision");
        return decision == null
                ? draft
                : draft.outcome(decision.startsWith("DENY") ? EventOutcome.FAILURE : EventOutcome.SUCCESS);
    }

    private static @Nullable EventDraft file(
            @Nullable String path,
            @Nullable String original,
            String code,
            Map<String, String> fields,
            @Nullable Host host) {
        return path == null
                ? null
                : acting(EventKind.FILE_WRITE, code, fields, host)
                        .file(new FileDraft(FilePath.posix(path))
                                .originalPath(original)
                                .build());
    }

    private static EventDraft acting(EventKind kind, String code, Map<String, String> fields, @Nullable Host host) {
        return new EventDraft(DATASET, kind)
                .code(code)
                .process(process(fields.get("processpath"), fields, host).build())
                .user(Users.of(null, fields.get("user"), fields.get("uid")));
    }

    private static ProcessDraft process(@Nullable String path, Map<String, String> fields, @Nullable Host host) {
        String pid = fields.get("pid");
        return new ProcessDraft()
                .entityId(ProcessEntityIds.entityId(pid, fields.get("pidversion"), host))
                .pid(Numbers.whole(pid))
                .name(
                        path == null
                                ? fields.get("process")
                                : FilePath.posix(path).name())
                .executable(path);
    }

    private static Map<String, String> fields(String line, int from) {
        Map<String, String> fields = new HashMap<>(32);
        int at = from;
        while (at < line.length() && fields.size() < MAX_FIELDS) {
            int bar = line.indexOf('|', at);
            int end = bar < 0 ? line.length() : bar;
            int equals = line.indexOf('=', at);
            if (equals > at && equals < end && equals + 1 < end) {
                fields.putIfAbsent(
                        line.substring(at, equals),
                        line.substring(equals + 1, end).replace("<pipe>", "|"));
            }
            at = end + 1;
        }
        return fields;
    }
}
