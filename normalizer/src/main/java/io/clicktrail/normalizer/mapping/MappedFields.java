package io.clicktrail.normalizer.mapping;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Email;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.Logon;
import io.clicktrail.event.MailAction;
import io.clicktrail.event.MailVerdict;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.event.SignatureStatus;
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
import io.clicktrail.normalizer.event.LogonTypes;
import io.clicktrail.normalizer.event.MacAddresses;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.Platforms;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.TechniqueIds;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.mapping.Mapping.Result;
import io.clicktrail.normalizer.mapping.TargetField.Part;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rules of a mapping took out of one record, and the event that it makes. */
final class MappedFields {

    private static final List<String> DIRECTIONS = List.of("egress", "ingress", "internal");

    private final String dataset;
    private final Result.Mapped rule;
    private final RecordContext context;
    private final @Nullable String[] values;
    private final Map<TargetField, List<String>> lists;

    MappedFields(
            String dataset,
            Result.Mapped rule,
            RecordContext context,
            @Nullable String[] values,
            Map<TargetField, List<String>> lists) {
        this.dataset = dataset;
        this.rule = rule;
        this.context = context;
        this.values = values;
        this.lists = lists;
    }

    Outcome event(Format format, @Nullable EventTime time, boolean isUndated, boolean isCut) {
        if (!isWhole()) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        Host host = host();
        EventDraft draft = new EventDraft(dataset, rule.kind())
                .time(time)
                .code(get(TargetField.EVENT_CODE))
                .host(host)
                .user(user());
        String id = get(TargetField.EVENT_ID);
        if (id != null) {
            draft.identity(dataset, id);
        }
        String serial = get(TargetField.EVENT_SERIAL);
        if (serial != null && host != null && time != null) {
            draft.identity("auditd", host.getName(), AuditStamp.of(time, serial));
        }
        String outcome = get(TargetField.EVENT_OUTCOME);
        if (outcome != null) {
            draft.outcome(Actions.outcome(outcome));
        }
        if (isCut) {
            draft.tag(RecordContext.TRUNCATED);
        }
        if (isUndated) {
            context.undated(draft);
        }
        if (rule.has(Part.PROCESS)) {
            process(draft, host);
        }
        if (rule.has(Part.FILE)) {
            file(draft);
        }
        if (rule.has(Part.EMAIL)) {
            draft.email(email());
        }
        if (rule.observer() != null) {
            return request(WebRequest.of(draft, rule.observer()), format);
        }
        if (rule.has(Part.NETWORK)) {
            network(draft);
        }
        return switch (rule.kind()) {
            case LOGON -> context.event(logon(draft), format);
            case ADDRESS_LEASE -> lease(draft, format);
            case SECURITY_ALERT -> context.event(alert(draft), format);
            case DNS_QUERY -> dns(draft, format);
            case EMAIL,
                    OTHER,
                    PROCESS_START,
                    PROCESS_END,
                    URL_OPEN,
                    NETWORK_CONNECTION,
                    HTTP_REQUEST,
                    FILE_WRITE,
                    FILE_MARK,
                    HEARTBEAT,
                    FILE_MODE,
                    AUTOSTART -> context.event(draft, format);
        };
    }

    private boolean isWhole() {
        boolean isWhole = false;
        for (TargetField target : TargetField.NEEDED.getOrDefault(rule.kind(), Set.of())) {
            isWhole |= get(target) != null;
        }
        for (TargetField target : rule.needs()) {
            isWhole &= get(target) != null;
        }
        return isWhole;
    }

    /** Some sensors put the domain before the name, {@code CORP\\ws-21}. */
    private @Nullable Host host() {
        String sent = get(TargetField.HOST_NAME);
        String name = sent == null ? null : sent.substring(sent.indexOf('\\') + 1);
        String id = get(TargetField.HOST_ID);
        String ip = IpAddresses.canonical(get(TargetField.HOST_IP));
        Platform platform = Platforms.named(get(TargetField.HOST_PLATFORM));
        Host host = id == null
                ? Hosts.of(name, platform, ip)
                : Hosts.identified(name, null, null, id, platform, ip == null ? List.of() : List.of(ip), null);
        String version = get(TargetField.HOST_OS_VERSION);
        return host == null || version == null
                ? host
                : Host.newBuilder(host).setOsVersion(version).build();
    }

    private @Nullable User user() {
        String name = get(TargetField.USER_NAME);
        String domain = get(TargetField.USER_DOMAIN);
        String id = get(TargetField.USER_ID);
        String email = get(TargetField.USER_EMAIL);
        User account = domain == null ? Users.of(name) : Users.of(domain, name, null);
        if (account == null) {
            return id == null && email == null ? null : new User(null, domain, id, email);
        }
        return new User(account.getName(), account.getDomain(), id, email == null ? account.getEmail() : email);
    }

    private void process(EventDraft draft, @Nullable Host host) {
        String executable = get(TargetField.PROCESS_EXECUTABLE);
        String commandLine = get(TargetField.PROCESS_COMMAND_LINE);
        String entity = entityId(TargetField.PROCESS_ENTITY_ID, TargetField.PROCESS_INSTANCE, host);
        Long pid = Numbers.whole(get(TargetField.PROCESS_PID));
        boolean isNamed = rule.kind() == EventKind.FILE_MARK && get(TargetField.PROCESS_NAME) != null;
        if (executable == null && commandLine == null && entity == null && pid == null && !isNamed) {
            return;
        }
        String parentEntity = entityId(TargetField.PARENT_ENTITY_ID, TargetField.PARENT_INSTANCE, host);
        Long parentPid = Numbers.whole(get(TargetField.PARENT_PID));
        String parentExecutable = get(TargetField.PARENT_EXECUTABLE);
        String parentCommandLine = get(TargetField.PARENT_COMMAND_LINE);
        boolean hasParent =
                parentEntity != null || parentPid != null || parentExecutable != null || parentCommandLine != null;
        draft.process(new ProcessDraft()
                .entityId(entity)
                .pid(pid)
                .start(context.time(get(TargetField.PROCESS_START)))
                .executable(executable)
                .name(
                        executable == null
                                ? get(TargetField.PROCESS_NAME)
                                : FilePath.ofHost(executable).name())
                .commandLine(commandLine)
                .workingDirectory(get(TargetField.PROCESS_WORKING_DIRECTORY))
                .sessionId(get(TargetField.PROCESS_SESSION))
                .codeSignature(
                        get(TargetField.PROCESS_SIGNING_ID),
                        get(TargetField.PROCESS_TEAM_ID),
                        get(TargetField.PROCESS_SIGNER),
                        constant(SignatureStatus.class, TargetField.PROCESS_SIGNATURE_STATUS, SignatureStatus.UNKNOWN),
                        get(TargetField.PROCESS_CDHASH))
                .hash(Hashes.of(
                        get(TargetField.PROCESS_MD5), get(TargetField.PROCESS_SHA1), get(TargetField.PROCESS_SHA256)))
                .parent(
                        hasParent
                                ? new ParentProcess(parentEntity, parentPid, parentExecutable, parentCommandLine)
                                : null)
                .build());
    }

    /** The sensor's own identity of a process, or one that is made of its host and what is unique there. */
    private @Nullable String entityId(TargetField own, TargetField within, @Nullable Host host) {
        String instance = get(within);
        return instance == null ? get(own) : (host == null ? "" : host.getName()) + ":" + instance;
    }

    /** The URL; one without scheme gets that of the port or the protocol. */
    private @Nullable String url() {
        String url = get(TargetField.URL);
        if (url == null || rule.kind() != EventKind.HTTP_REQUEST || Authority.hasScheme(url)) {
            return url;
        }
        String protocol = lower(get(TargetField.NETWORK_PROTOCOL));
        boolean isTls = "443".equals(get(TargetField.DESTINATION_PORT))
                || "https".equals(protocol)
                || "ssl".equals(protocol)
                || "tls".equals(protocol);
        return url.startsWith("/") ? null : Authority.url(isTls, url, null, "");
    }

    private void network(EventDraft draft) {
        String url = url();
        Authority named = url == null ? null : Authority.ofUrl(url);
        String ip = IpAddresses.canonical(get(TargetField.DESTINATION_IP));
        String domain = Hosts.domainName(get(TargetField.DESTINATION_DOMAIN));
        Integer port = Numbers.port(get(TargetField.DESTINATION_PORT));
        draft.url(url)
                .client(
                        client(),
                        Numbers.port(get(TargetField.CLIENT_PORT)),
                        Hosts.domainName(get(TargetField.CLIENT_DOMAIN)))
                .destination(
                        ip == null && named != null ? named.ip() : ip,
                        port == null && named != null ? named.port() : port,
                        domain == null && named != null ? named.domain() : domain);
        String transport = get(TargetField.NETWORK_TRANSPORT);
        String protocol = get(TargetField.NETWORK_PROTOCOL);
        String direction = get(TargetField.NETWORK_DIRECTION);
        draft.transfer(Numbers.whole(get(TargetField.CLIENT_BYTES)), Numbers.whole(get(TargetField.DESTINATION_BYTES)));
        Long bytes = Numbers.whole(get(TargetField.NETWORK_BYTES));
        if (transport != null || protocol != null || direction != null || bytes != null) {
            draft.network(new Network(
                    lower(transport),
                    lower(protocol),
                    direction != null && DIRECTIONS.contains(direction) ? direction : "unknown",
                    bytes,
                    null));
        }
        String method = get(TargetField.HTTP_METHOD);
        String agent = get(TargetField.USER_AGENT);
        Integer status = Numbers.within(get(TargetField.HTTP_STATUS), 999);
        String referrer = get(TargetField.HTTP_REFERRER);
        String mime = get(TargetField.HTTP_MIME_TYPE);
        Long body = Numbers.whole(get(TargetField.HTTP_BYTES));
        if (method != null || agent != null || status != null || referrer != null || mime != null || body != null) {
            draft.http(new Http(method, referrer, status, mime, agent, body));
        }
    }

    /** Some sources write the port after the address. */
    private @Nullable String client() {
        String text = get(TargetField.CLIENT_IP);
        String address = IpAddresses.canonical(text);
        Authority withPort = address == null && text != null ? Authority.of(text) : null;
        return withPort == null ? address : withPort.ip();
    }

    private Outcome request(WebRequest request, Format format) {
        String direction = get(TargetField.NETWORK_DIRECTION);
        if (direction != null && DIRECTIONS.contains(direction)) {
            request.direction(direction);
        }
        return request.client(get(TargetField.CLIENT_IP), get(TargetField.CLIENT_PORT))
                .server(get(TargetField.DESTINATION_IP), get(TargetField.DESTINATION_PORT))
                .user(get(TargetField.USER_NAME))
                .method(get(TargetField.HTTP_METHOD))
                .scheme(get(TargetField.URL_SCHEME))
                .host(get(TargetField.URL_DOMAIN))
                .uri(get(TargetField.URL))
                .referrer(get(TargetField.HTTP_REFERRER))
                .userAgent(get(TargetField.USER_AGENT))
                .status(get(TargetField.HTTP_STATUS))
                .mimeType(get(TargetField.HTTP_MIME_TYPE))
                .bytes(get(TargetField.HTTP_BYTES))
                .read(context, format);
    }

    private void file(EventDraft draft) {
        String path = get(TargetField.FILE_PATH);
        if (path != null) {
            FilePath parts = FilePath.ofHost(path);
            draft.file(new FileDraft(parts)
                    .forkName(parts.fork())
                    .originalPath(get(TargetField.FILE_ORIGINAL_PATH))
                    .size(Numbers.whole(get(TargetField.FILE_SIZE)))
                    .mode(get(TargetField.FILE_MODE))
                    .mimeType(get(TargetField.FILE_MIME_TYPE))
                    .hash(Hashes.of(
                            get(TargetField.FILE_MD5), get(TargetField.FILE_SHA1), get(TargetField.FILE_SHA256)))
                    .origin(get(TargetField.FILE_ORIGIN_URL), get(TargetField.FILE_ORIGIN_REFERRER))
                    .mark(rule.kind() == EventKind.FILE_MARK ? MarkAction.SET : MarkAction.NONE)
                    .build());
        }
    }

    private Outcome dns(EventDraft draft, Format format) {
        String name = Hosts.domainName(get(TargetField.DNS_NAME));
        if (name == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        List<String> resolved = new ArrayList<>();
        for (String text : all(TargetField.DNS_ADDRESSES)) {
            String address = IpAddresses.canonical(text);
            if (address != null && !resolved.contains(address)) {
                resolved.add(address);
            }
        }
        return context.event(
                draft.dns(new Dns(name, get(TargetField.DNS_TYPE), get(TargetField.DNS_CODE), resolved)), format);
    }

    private Email email() {
        return new Email(
                Mailboxes.messageId(get(TargetField.EMAIL_MESSAGE_ID)),
                get(TargetField.EMAIL_FROM),
                all(TargetField.EMAIL_TO),
                get(TargetField.EMAIL_SUBJECT),
                get(TargetField.EMAIL_LOCAL_ID),
                all(TargetField.EMAIL_URLS),
                constant(MailVerdict.class, TargetField.EMAIL_VERDICT, MailVerdict.UNKNOWN),
                constant(MailAction.class, TargetField.EMAIL_ACTION, MailAction.UNKNOWN),
                lower(get(TargetField.EMAIL_SPF)),
                lower(get(TargetField.EMAIL_DKIM)),
                lower(get(TargetField.EMAIL_DMARC)));
    }

    private EventDraft logon(EventDraft draft) {
        String from = get(TargetField.LOGON_IP);
        return draft.logon(new Logon(
                LogonTypes.number(get(TargetField.LOGON_TYPE)),
                get(TargetField.LOGON_ID),
                from == null ? client() : IpAddresses.canonical(from),
                !"false".equals(get(TargetField.LOGON_BEGIN)),
                get(TargetField.LOGON_COUNTRY),
                "true".equals(get(TargetField.LOGON_MFA_DENIED)) ? Boolean.TRUE : null,
                lower(get(TargetField.LOGON_RISK))));
    }

    private Outcome lease(EventDraft draft, Format format) {
        String ip = IpAddresses.canonical(get(TargetField.LEASE_IP));
        return ip == null
                ? context.rejected(Reason.MISSING_FIELD, format)
                : context.event(
                        draft.lease(new AddressLease(
                                ip,
                                MacAddresses.canonical(get(TargetField.LEASE_MAC)),
                                Hosts.key(get(TargetField.LEASE_HOSTNAME)),
                                Numbers.whole(get(TargetField.LEASE_SECONDS)))),
                        format);
    }

    private EventDraft alert(EventDraft draft) {
        String title = get(TargetField.ALERT_TITLE);
        return title == null
                ? draft
                : draft.alert(new SecurityAlert(
                        get(TargetField.ALERT_ID), title, get(TargetField.ALERT_SEVERITY), TechniqueIds.in(title)));
    }

    private @Nullable String get(TargetField target) {
        return Placeholders.absent(values[target.ordinal()]);
    }

    /** The constant that a field names, in any case; another where it names none. */
    private <E extends Enum<E>> E constant(Class<E> type, TargetField target, E other) {
        String name = get(target);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(name)) {
                return constant;
            }
        }
        return other;
    }

    private List<String> all(TargetField target) {
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
