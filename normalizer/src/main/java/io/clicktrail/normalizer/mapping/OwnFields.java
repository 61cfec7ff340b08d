package io.clicktrail.normalizer.mapping;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Email;
import io.clicktrail.event.Http;
import io.clicktrail.event.Logon;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.mapping.Mapping.TimeRule;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rules of a mapping took out of one record, and the event that it makes. */
final class OwnFields {

    private static final List<String> DIRECTIONS = List.of("egress", "ingress", "internal");

    private final Mapping mapping;
    private final RecordContext reading;
    private final @Nullable String[] values = new String[Target.count()];
    private final Map<Target, List<String>> lists = new EnumMap<>(Target.class);
    private @Nullable String time;

    OwnFields(Mapping mapping, RecordContext reading) {
        this.mapping = mapping;
        this.reading = reading;
    }

    void time(@Nullable String text) {
        time = text;
    }

    void put(Target target, String value) {
        values[target.ordinal()] = value;
    }

    void put(Target target, List<String> all) {
        lists.put(target, all);
        values[target.ordinal()] = all.isEmpty() ? null : all.getFirst();
    }

    Outcome event(Format format, boolean isCut) {
        boolean isWhole = false;
        for (Target target : Target.NEEDED.getOrDefault(mapping.kind(), Set.of())) {
            isWhole |= get(target) != null;
        }
        if (!isWhole) {
            return reading.rejected(Reason.MISSING_FIELD, format);
        }
        EventDraft draft = new EventDraft(mapping.name(), mapping.kind())
                .time(time())
                .code(get(Target.EVENT_CODE))
                .host(Hosts.of(get(Target.HOST_NAME), Platform.UNKNOWN, IpAddresses.canonical(get(Target.HOST_IP))))
                .user(user());
        String id = get(Target.EVENT_ID);
        if (id != null) {
            draft.identity(mapping.name(), id);
        }
        String outcome = get(Target.EVENT_OUTCOME);
        if (outcome != null) {
            draft.outcome(Actions.outcome(outcome));
        }
        if (isCut) {
            draft.tag(RecordContext.TRUNCATED);
        }
        process(draft);
        network(draft);
        file(draft);
        return switch (mapping.kind()) {
            case EMAIL -> reading.event(email(draft), format);
            case LOGON -> reading.event(logon(draft), format);
            case ADDRESS_LEASE -> lease(draft, format);
            case SECURITY_ALERT -> reading.event(alert(draft), format);
            case DNS_QUERY -> dns(draft, format);
            case OTHER,
                    PROCESS_START,
                    PROCESS_END,
                    URL_OPEN,
                    NETWORK_CONNECTION,
                    HTTP_REQUEST,
                    FILE_WRITE,
                    FILE_MARK,
                    HEARTBEAT,
                    FILE_MODE -> reading.event(draft, format);
        };
    }

    private @Nullable EventTime time() {
        TimeRule rule = mapping.time();
        String text = time;
        if (text == null) {
            return null;
        }
        if (rule.format() == null) {
            return rule.zone() == null ? reading.time(text) : reading.timeIn(text, rule.zone());
        }
        try {
            TemporalAccessor parsed = rule.format().parseBest(text, Instant::from, LocalDateTime::from);
            return parsed instanceof Instant instant
                    ? EventTime.of(instant)
                    : EventTime.local((LocalDateTime) parsed, rule.zone() == null ? reading.zone() : rule.zone());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable User user() {
        String name = get(Target.USER_NAME);
        String domain = get(Target.USER_DOMAIN);
        String id = get(Target.USER_ID);
        String email = get(Target.USER_EMAIL);
        User account = domain == null ? Users.of(name) : Users.of(domain, name, null);
        if (account == null) {
            return id == null && email == null ? null : new User(null, domain, id, email);
        }
        return new User(account.getName(), account.getDomain(), id, email == null ? account.getEmail() : email);
    }

    private void process(EventDraft draft) {
        String executable = get(Target.PROCESS_EXECUTABLE);
        String commandLine = get(Target.PROCESS_COMMAND_LINE);
        String entity = get(Target.PROCESS_ENTITY_ID);
        Long pid = Numbers.whole(get(Target.PROCESS_PID));
        if (executable == null && commandLine == null && entity == null && pid == null) {
            return;
        }
        String parentEntity = get(Target.PARENT_ENTITY_ID);
        Long parentPid = Numbers.whole(get(Target.PARENT_PID));
        String parentExecutable = get(Target.PARENT_EXECUTABLE);
        String parentCommandLine = get(Target.PARENT_COMMAND_LINE);
        boolean hasParent =
                parentEntity != null || parentPid != null || parentExecutable != null || parentCommandLine != null;
        draft.process(new ProcessDraft()
                .entityId(entity)
                .pid(pid)
                .start(reading.time(get(Target.PROCESS_START)))
                .executable(executable)
                .commandLine(commandLine)
                .workingDirectory(get(Target.PROCESS_WORKING_DIRECTORY))
                .hash(Hashes.of(get(Target.PROCESS_MD5), get(Target.PROCESS_SHA1), get(Target.PROCESS_SHA256)))
                .parent(
                        hasParent
                                ? new ParentProcess(parentEntity, parentPid, parentExecutable, parentCommandLine)
                                : null)
                .build());
    }

    private void network(EventDraft draft) {
        String url = get(Target.URL);
        Authority named = url == null ? null : Authority.ofUrl(url);
        String ip = IpAddresses.canonical(get(Target.DESTINATION_IP));
        String domain = Hosts.domainName(get(Target.DESTINATION_DOMAIN));
        Integer port = Numbers.port(get(Target.DESTINATION_PORT));
        draft.url(url)
                .client(
                        IpAddresses.canonical(get(Target.CLIENT_IP)),
                        Numbers.port(get(Target.CLIENT_PORT)),
                        Hosts.domainName(get(Target.CLIENT_DOMAIN)))
                .destination(
                        ip == null && named != null ? named.ip() : ip,
                        port == null && named != null ? named.port() : port,
                        domain == null && named != null ? named.domain() : domain);
        String transport = get(Target.NETWORK_TRANSPORT);
        String protocol = get(Target.NETWORK_PROTOCOL);
        String direction = get(Target.NETWORK_DIRECTION);
        Long bytes = Numbers.whole(get(Target.NETWORK_BYTES));
        if (transport != null || protocol != null || direction != null || bytes != null) {
            draft.network(new Network(
                    lower(transport),
                    lower(protocol),
                    direction != null && DIRECTIONS.contains(direction) ? direction : "unknown",
                    bytes,
                    null));
        }
        String method = get(Target.HTTP_METHOD);
        String agent = get(Target.USER_AGENT);
        Integer status = Numbers.within(get(Target.HTTP_STATUS), 999);
        String referrer = get(Target.HTTP_REFERRER);
        String mime = get(Target.HTTP_MIME_TYPE);
        Long body = Numbers.whole(get(Target.HTTP_BYTES));
        if (method != null || agent != null || status != null || referrer != null || mime != null || body != null) {
            draft.http(new Http(method, referrer, status, mime, agent, body));
        }
    }

    private void file(EventDraft draft) {
        String path = get(Target.FILE_PATH);
        if (path != null) {
            FilePath parts = FilePath.of(path);
            draft.file(new FileDraft(parts)
                    .forkName(parts.fork())
                    .originalPath(get(Target.FILE_ORIGINAL_PATH))
                    .size(Numbers.whole(get(Target.FILE_SIZE)))
                    .mimeType(get(Target.FILE_MIME_TYPE))
                    .hash(Hashes.of(get(Target.FILE_MD5), get(Target.FILE_SHA1), get(Target.FILE_SHA256)))
                    .origin(get(Target.FILE_ORIGIN_URL), get(Target.FILE_ORIGIN_REFERRER))
                    .build());
        }
    }

    private Outcome dns(EventDraft draft, Format format) {
        String name = Hosts.domainName(get(Target.DNS_NAME));
        if (name == null) {
            return reading.rejected(Reason.MISSING_FIELD, format);
        }
        List<String> resolved = new ArrayList<>();
        for (String text : all(Target.DNS_ADDRESSES)) {
            String address = IpAddresses.canonical(text);
            if (address != null) {
                resolved.add(address);
            }
        }
        return reading.event(draft.dns(new Dns(name, get(Target.DNS_TYPE), get(Target.DNS_CODE), resolved)), format);
    }

    private EventDraft email(EventDraft draft) {
        return draft.email(new Email(
                Mailboxes.messageId(get(Target.EMAIL_MESSAGE_ID)),
                get(Target.EMAIL_FROM),
                all(Target.EMAIL_TO),
                get(Target.EMAIL_SUBJECT),
                null,
                all(Target.EMAIL_URLS)));
    }

    private EventDraft logon(EventDraft draft) {
        return draft.logon(new Logon(
                Numbers.within(get(Target.LOGON_TYPE), 99),
                get(Target.LOGON_ID),
                IpAddresses.canonical(get(Target.LOGON_IP)),
                true));
    }

    private Outcome lease(EventDraft draft, Format format) {
        String ip = IpAddresses.canonical(get(Target.LEASE_IP));
        return ip == null
                ? reading.rejected(Reason.MISSING_FIELD, format)
                : reading.event(
                        draft.lease(new AddressLease(
                                ip,
                                lower(get(Target.LEASE_MAC)),
                                Hosts.key(get(Target.LEASE_HOSTNAME)),
                                Numbers.whole(get(Target.LEASE_SECONDS)))),
                        format);
    }

    private EventDraft alert(EventDraft draft) {
        String title = get(Target.ALERT_TITLE);
        return title == null
                ? draft
                : draft.alert(new SecurityAlert(get(Target.ALERT_ID), title, get(Target.ALERT_SEVERITY), List.of()));
    }

    private @Nullable String get(Target target) {
        return Placeholders.absent(values[target.ordinal()]);
    }

    private List<String> all(Target target) {
        List<String> list = lists.get(target);
        if (list != null) {
            return list;
        }
        String value = get(target);
        return value == null ? List.of() : List.of(value);
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
