package io.clicktrail.normalizer.firewall;

import io.clicktrail.event.Email;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Network;
import io.clicktrail.event.Platform;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Transports;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.KeyValuePairs;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import io.clicktrail.normalizer.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Check Point's logs as its Log Exporter writes them (sk122323): {@code time=..|hostname=..|..} for Splunk, and for
 * syslog a structured part of {@code key="value"} or {@code key:"value"; }. A finding is an alert, a row with a
 * resource a request, a mail a mail, any other with two ends a connection.
 */
public final class CheckPointPairs implements TextFormat {

    private static final int SIGNATURE_BYTES = 160;
    private static final KeyValuePairs BARS = new KeyValuePairs('|', '=');
    private static final KeyValuePairs BLANKS = new KeyValuePairs(' ', '=');
    private static final KeyValuePairs SEMICOLONS = new KeyValuePairs(';', ':');

    private final FieldNames names = new FieldNames();
    private final int time = names.slot("time");
    private final int id = names.slot("loguid");
    private final int product = names.slot("product");
    private final int action = names.slot("action", "rule_action");
    private final int src = names.slot("src");
    private final int srcPort = names.slot("s_port");
    private final int srcMachine = names.slot("src_machine_name");
    private final int dst = names.slot("dst");
    private final int service = names.slot("service");
    private final int proto = names.slot("proto");
    private final int user = names.slot("src_user_name", "user");
    private final int bytes = names.slot("bytes");
    private final int interfaceDirection = names.slot("conn_direction");
    private final int resource = names.slot("resource");
    private final int host = names.slot("http_host");
    private final int method = names.slot("method");
    private final int agent = names.slot("user_agent");
    private final int referrer = names.slot("referrer");
    private final int contentType = names.slot("content_type");
    private final int status = names.slot("http_status");
    private final int received = names.slot("received_bytes");
    private final int protection = names.slot("protection_name", "attack");
    private final int malwareAction = names.slot("malware_action");
    private final int severity = names.slot("severity");
    private final int fileName = names.slot("file_name");
    private final int md5 = names.slot("file_md5");
    private final int sha1 = names.slot("file_sha1");
    private final int sha256 = names.slot("file_sha256");
    private final int from = names.slot("from");
    private final int to = names.slot("to");
    private final int subject = names.slot("email_subject");
    private final int queueId = names.slot("original_queue_id");

    @Override
    public String name() {
        return "checkpoint.pairs";
    }

    @Override
    public List<String> datasets() {
        return List.of(
                "checkpoint.connection", "checkpoint.web", "checkpoint.alert", "checkpoint.mail", "checkpoint.other");
    }

    @Override
    public boolean recognises(Span text) {
        byte[] value = text.bytes();
        int at = text.from();
        if (value[at] == '[') {
            return Lines.startsWith(value, at, text.to(), "[action:\"")
                    || Lines.startsWith(value, at, text.to(), "[flags:\"");
        }
        if (value[at] == 't' || value[at] == '|') {
            return (Lines.startsWith(value, at, text.to(), "time=") || value[at] == '|')
                    && Lines.findInHead(text, SIGNATURE_BYTES, "|hostname=") >= 0
                    && Lines.find(value, at, Lines.end(value, at, text.to()), "|product=") >= 0;
        }
        int name = Lines.findInHead(text, SIGNATURE_BYTES, "CheckPoint ");
        return name >= 0
                && (name == at || value[name - 1] == ' ')
                && Lines.find(value, name, Lines.headEnd(text, SIGNATURE_BYTES), " - [") > 0;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        TextFields row = new TextFields(names, context.limits().fieldChars());
        int bracket = line.charAt(0) == 't' || line.charAt(0) == '|' ? -1 : line.indexOf('[');
        if (bracket < 0) {
            BARS.read(line, 0, names, row);
        } else {
            boolean hasColons = line.startsWith("action:", bracket + 1) || line.startsWith("flags:", bracket + 1);
            (hasColons ? SEMICOLONS : BLANKS).read(line, bracket + 1, names, row);
        }
        if (row.has(protection) || row.has(malwareAction)) {
            return alert(row, context);
        }
        if (row.has(subject) || (row.has(from) && row.has(to))) {
            return mail(row, context);
        }
        if (row.has(resource) && row.has(src)) {
            return request(row, context);
        }
        return row.has(src) && row.has(dst)
                ? connected(draft("connection", EventKind.NETWORK_CONNECTION, row, context), row, context)
                : new Outcome.Ignored("checkpoint.other", "log without use here");
    }

    private Outcome request(TextFields row, RecordContext context) {
        return WebRequest.atFirewall(draft("web", EventKind.HTTP_REQUEST, row, context))
                .client(row.get(src), row.get(srcPort))
                .server(row.get(dst), row.get(service))
                .user(account(row.get(user)))
                .method(row.get(method))
                .host(row.get(host))
                .uri(row.get(resource))
                .referrer(row.get(referrer))
                .userAgent(row.get(agent))
                .mimeType(row.get(contentType))
                .status(row.get(status))
                .bytes(row.get(received))
                .direction(direction(row))
                .read(context, this);
    }

    private Outcome alert(TextFields row, RecordContext context) {
        String title = row.has(protection) ? row.get(protection) : row.get(malwareAction);
        EventDraft draft = draft("alert", EventKind.SECURITY_ALERT, row, context)
                .code(row.get(product))
                .url(row.get(resource))
                .alert(new SecurityAlert(row.get(id), title == null ? "" : title, row.get(severity), List.of()));
        String file = row.get(fileName);
        if (file != null) {
            draft.file(new FileDraft(FilePath.of(FilePath.of(file).name()))
                    .hash(Hashes.of(row.get(md5), row.get(sha1), row.get(sha256)))
                    .build());
        }
        return connected(draft, row, context);
    }

    private Outcome mail(TextFields row, RecordContext context) {
        String recipient = Mailboxes.address(row.get(to));
        EventDraft draft = draft("mail", EventKind.EMAIL, row, context)
                .email(new Email(
                        null,
                        Mailboxes.address(row.get(from)),
                        recipient == null ? List.of() : List.of(recipient),
                        row.get(subject),
                        row.get(queueId),
                        List.of()));
        return connected(draft, row, context);
    }

    private Outcome connected(EventDraft draft, TextFields row, RecordContext context) {
        draft.user(Users.of(account(row.get(user))))
                .client(IpAddresses.canonical(row.get(src)), Numbers.port(row.get(srcPort)), null)
                .destination(IpAddresses.canonical(row.get(dst)), Numbers.port(row.get(service)), null)
                .network(new Network(
                        Transports.of(row.get(proto)), null, direction(row), Numbers.whole(row.get(bytes)), null));
        return context.event(draft, this);
    }

    private EventDraft draft(String log, EventKind kind, TextFields row, RecordContext context) {
        EventDraft draft = new EventDraft("checkpoint." + log, kind)
                .time(row.has(time) ? context.time(row.get(time)) : context.timeAround())
                .host(Hosts.of(machine(row.get(srcMachine)), Platform.UNKNOWN, IpAddresses.canonical(row.get(src))))
                .outcome(Actions.outcome(row.get(action)));
        if (row.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return draft;
    }

    private String direction(TextFields row) {
        String way = row.get(interfaceDirection);
        return switch (way == null ? "" : way) {
            case "Outgoing" -> "egress";
            case "Incoming" -> "ingress";
            case "Internal" -> "internal";
            default -> "unknown";
        };
    }

    /** Identity Awareness writes {@code Ada Lovelace (ada)}. */
    private static @Nullable String account(@Nullable String text) {
        int open = text == null ? -1 : text.lastIndexOf('(');
        return text != null && open > 0 && text.endsWith(")") ? text.substring(open + 1, text.length() - 1) : text;
    }

    /** Identity Awareness writes {@code ws-17@corp.example}. */
    private static @Nullable String machine(@Nullable String text) {
        return text == null ? null : text.replace('@', '.');
    }
}
