package io.clicktrail.normalizer.cef;

import io.clicktrail.event.Dns;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Http;
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
import io.clicktrail.normalizer.event.Logons;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Mails;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.TimeForms;
import io.clicktrail.normalizer.event.Transports;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one mapping from the keys of CEF and LEEF to events. The kind of an event is in the product's row in
 * {@code products.tsv}; without one, a severity from 7 on is an alert, else a URL is a request, a name asked for a DNS
 * exchange, two ends a connection.
 */
public final class DeviceEvents {

    private static final int HTTPS = 443;

    private final DeviceProducts products = DeviceProducts.load();

    private DeviceEvents() {}

    /** The formats that this mapping serves. */
    public static List<TextFormat> formats() {
        DeviceEvents events = new DeviceEvents();
        return List.of(new CefLine(events), new LeefLine(events));
    }

    static List<String> datasets(String format) {
        return Arrays.stream(DeviceEventKind.values())
                .filter(role -> role != DeviceEventKind.LOGOFF)
                .map(role -> dataset(format, role))
                .toList();
    }

    ExtensionValues attributes(RecordContext context) {
        return new ExtensionValues(products, context.limits().fieldChars());
    }

    Outcome read(CefHeader header, ExtensionValues attributes, String dialect, RecordContext context, Format format) {
        Fields fields = new Fields(header, attributes, products.of(header), context);
        DeviceEventKind role = fields.role();
        String dataset = dataset(dialect, role);
        if (role == DeviceEventKind.OTHER) {
            return new Outcome.Ignored(dataset, "no use of a network, a program, a file, an account or mail");
        }
        EventDraft draft = new EventDraft(dataset, role.kind())
                .code(header.eventClass().isEmpty() ? null : header.eventClass())
                .time(fields.time())
                .outcome(fields.outcome());
        if (!fields.isDated()) {
            context.undated(draft);
        }
        boolean isWhole = switch (role) {
            case WEB -> fields.web(draft);
            case NETWORK -> fields.network(draft);
            case DNS -> fields.dns(draft);
            case PROCESS -> fields.process(draft);
            case FILE -> fields.file(draft);
            case LOGON, LOGOFF -> fields.logon(draft, role == DeviceEventKind.LOGON);
            case MAIL -> fields.mail(draft);
            case ALERT -> fields.alert(draft);
            case OTHER -> false;
        };
        if (attributes.isCut()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return isWhole ? context.event(draft, format) : context.rejected(Reason.MISSING_FIELD, format);
    }

    private static String dataset(String dialect, DeviceEventKind role) {
        return dialect + "." + role.word();
    }

    /** The fields of one record as the event wants them. */
    private static final class Fields {
        private final CefHeader header;
        private final ExtensionValues attributes;
        private final DeviceProducts.@Nullable Row row;
        private final RecordContext context;

        Fields(CefHeader header, ExtensionValues attributes, DeviceProducts.@Nullable Row row, RecordContext context) {
            this.header = header;
            this.attributes = attributes;
            this.row = row;
            this.context = context;
        }

        private @Nullable String get(ExtensionField key) {
            return attributes.get(key, row);
        }

        DeviceEventKind role() {
            if (row != null) {
                return row.role();
            }
            if (header.isSevere()) {
                return DeviceEventKind.ALERT;
            }
            if (url() != null) {
                return DeviceEventKind.WEB;
            }
            if (get(ExtensionField.DNS_NAME) != null) {
                return DeviceEventKind.DNS;
            }
            boolean hasEnds = IpAddresses.canonical(get(ExtensionField.CLIENT_IP)) != null
                    && (get(ExtensionField.DESTINATION_IP) != null || get(ExtensionField.DESTINATION_HOST) != null);
            return hasEnds ? DeviceEventKind.NETWORK : DeviceEventKind.OTHER;
        }

        /** When it began, else when the device took note of it, else when it ended, else when it was delivered. */
        @Nullable
        EventTime time() {
            EventTime time = time(get(ExtensionField.START));
            if (time == null) {
                time = time(get(ExtensionField.RECEIPT));
            }
            if (time == null) {
                time = time(get(ExtensionField.END));
            }
            boolean isDated = get(ExtensionField.START) != null
                    || get(ExtensionField.RECEIPT) != null
                    || get(ExtensionField.END) != null;
            return isDated ? time : context.timeAround();
        }

        boolean isDated() {
            return get(ExtensionField.START) != null
                    || get(ExtensionField.RECEIPT) != null
                    || get(ExtensionField.END) != null;
        }

        private @Nullable EventTime time(@Nullable String text) {
            String pattern = get(ExtensionField.TIME_FORMAT);
            return pattern != null && pattern.startsWith("dd/MM")
                    ? TimeForms.dayFirst(text, context.zone(), context.deliveredMillis())
                    : context.time(text, get(ExtensionField.ZONE));
        }

        EventOutcome outcome() {
            String action = get(ExtensionField.ACTION);
            String said = action == null ? get(ExtensionField.RESULT) : action;
            return said == null ? EventOutcome.UNKNOWN : Actions.outcome(said);
        }

        boolean web(EventDraft draft) {
            String url = url();
            Authority authority = url == null ? null : Authority.ofUrl(url);
            if (url == null || authority == null) {
                return false;
            }
            String method = get(ExtensionField.METHOD);
            draft.url(url);
            ends(draft, authority);
            draft.user(user(ExtensionField.USER, ExtensionField.SOURCE_DOMAIN))
                    .network(traffic("http"))
                    .transfer(bytes(ExtensionField.BYTES_OUT), bytes(ExtensionField.BYTES_IN))
                    .http(new Http(
                            method == null ? null : method.toUpperCase(Locale.ROOT),
                            get(ExtensionField.REFERRER),
                            Numbers.within(get(ExtensionField.STATUS), 999),
                            get(ExtensionField.MIME),
                            get(ExtensionField.USER_AGENT),
                            Numbers.whole(get(ExtensionField.BYTES_IN))));
            return true;
        }

        boolean network(EventDraft draft) {
            draft.user(user(ExtensionField.USER, ExtensionField.SOURCE_DOMAIN))
                    .network(traffic(null))
                    .transfer(bytes(ExtensionField.BYTES_OUT), bytes(ExtensionField.BYTES_IN));
            return ends(draft, null);
        }

        boolean dns(EventDraft draft) {
            String name = Hosts.domainName(get(ExtensionField.DNS_NAME));
            if (name == null) {
                return false;
            }
            ends(draft, null);
            draft.user(user(ExtensionField.USER, ExtensionField.SOURCE_DOMAIN))
                    .network(traffic("dns"))
                    .dns(new Dns(name, get(ExtensionField.DNS_TYPE), null, List.of()));
            return true;
        }

        boolean process(EventDraft draft) {
            String executable = get(ExtensionField.PROCESS);
            executable = executable == null ? get(ExtensionField.FILE_PATH) : executable;
            String commandLine = get(ExtensionField.COMMAND_LINE);
            endpoint(draft);
            String parent = get(ExtensionField.PARENT_PROCESS);
            Long parentPid = Numbers.whole(get(ExtensionField.PARENT_PID));
            draft.process(new ProcessDraft()
                    .executable(executable)
                    .pid(Numbers.whole(get(ExtensionField.PID)))
                    .commandLine(commandLine)
                    .hash(Hashes.ofAny(get(ExtensionField.FILE_HASH)))
                    .parent(
                            parent == null && parentPid == null
                                    ? null
                                    : new ParentProcess(null, parentPid, parent, null))
                    .build());
            return executable != null || commandLine != null;
        }

        boolean file(EventDraft draft) {
            endpoint(draft);
            String executable = get(ExtensionField.PROCESS);
            if (executable != null) {
                draft.process(new ProcessDraft()
                        .executable(executable)
                        .pid(Numbers.whole(get(ExtensionField.PID)))
                        .build());
            }
            return withFile(draft);
        }

        boolean logon(EventDraft draft, boolean begin) {
            User user = user(ExtensionField.TARGET_USER, ExtensionField.TARGET_DOMAIN);
            endpoint(draft);
            draft.user(user == null ? user(ExtensionField.USER, ExtensionField.SOURCE_DOMAIN) : user)
                    .logon(Logons.of(
                            Numbers.within(get(ExtensionField.LOGON_TYPE), 99),
                            null,
                            IpAddresses.canonical(get(ExtensionField.CLIENT_IP)),
                            begin));
            return user != null || get(ExtensionField.USER) != null;
        }

        boolean mail(EventDraft draft) {
            String from = get(ExtensionField.USER);
            String to = get(ExtensionField.TARGET_USER);
            draft.email(Mails.of(
                    Mailboxes.messageId(get(ExtensionField.MESSAGE_ID)),
                    from,
                    to == null ? List.of() : Arrays.asList(to.split("[;,] *", 50)),
                    get(ExtensionField.SUBJECT),
                    get(ExtensionField.ID),
                    List.of()));
            return from != null || to != null;
        }

        boolean alert(EventDraft draft) {
            String title = header.name().isEmpty() ? header.eventClass() : header.name();
            ends(draft, null);
            endpoint(draft);
            withFile(draft);
            draft.url(url())
                    .network(traffic(null))
                    .alert(new SecurityAlert(
                            get(ExtensionField.ID),
                            title,
                            header.severity().isEmpty() ? null : header.severity(),
                            List.of()));
            return !title.isEmpty();
        }

        /** The host that the agent runs on and the account there. */
        private void endpoint(EventDraft draft) {
            String host = get(ExtensionField.DESTINATION_HOST);
            host = host == null ? get(ExtensionField.DEVICE_HOST) : host;
            User user = user(ExtensionField.USER, ExtensionField.SOURCE_DOMAIN);
            draft.host(Hosts.of(host, Platform.UNKNOWN, null))
                    .user(user == null ? user(ExtensionField.TARGET_USER, ExtensionField.TARGET_DOMAIN) : user);
        }

        private boolean withFile(EventDraft draft) {
            String path = get(ExtensionField.FILE_PATH);
            String name = get(ExtensionField.FILE_NAME);
            String whole = path == null ? name : path;
            if (whole == null) {
                return false;
            }
            draft.file(new FileDraft(FilePath.of(whole))
                    .size(Numbers.whole(get(ExtensionField.FILE_SIZE)))
                    .hash(Hashes.ofAny(get(ExtensionField.FILE_HASH)))
                    .build());
            return true;
        }

        /** Sets client and destination; whether both are known. */
        private boolean ends(EventDraft draft, @Nullable Authority named) {
            String clientIp = IpAddresses.canonical(get(ExtensionField.CLIENT_IP));
            String clientHost = domain(ExtensionField.CLIENT_HOST);
            String ip = named != null && named.ip() != null
                    ? named.ip()
                    : IpAddresses.canonical(get(ExtensionField.DESTINATION_IP));
            String domain = named == null ? domain(ExtensionField.DESTINATION_HOST) : named.domain();
            Integer port = named != null && named.port() != null
                    ? named.port()
                    : Numbers.port(get(ExtensionField.DESTINATION_PORT));
            draft.client(clientIp, Numbers.port(get(ExtensionField.CLIENT_PORT)), clientHost)
                    .destination(ip, port, domain);
            return (clientIp != null || clientHost != null) && (ip != null || domain != null);
        }

        private @Nullable String domain(ExtensionField key) {
            String name = Hosts.domainName(get(key));
            return IpAddresses.canonical(name) == null ? name : null;
        }

        private @Nullable User user(ExtensionField name, ExtensionField domain) {
            String account = named(get(name));
            String within = get(domain);
            return within == null || account == null || account.indexOf('\\') >= 0 || account.indexOf('@') >= 0
                    ? Users.of(account)
                    : Users.of(within, account, null);
        }

        /** The name at the end of a directory's path, {@code LDAP://dc1 OU=Users,DC=corp/Ada Meyer}. */
        private static @Nullable String named(@Nullable String account) {
            if (account == null || !(account.startsWith("LDAP://") || account.startsWith("WinNT://"))) {
                return account;
            }
            return account.substring(account.lastIndexOf('/') + 1);
        }

        private @Nullable Long bytes(ExtensionField field) {
            return Numbers.whole(get(field));
        }

        private Network traffic(@Nullable String protocol) {
            Long in = bytes(ExtensionField.BYTES_IN);
            Long out = bytes(ExtensionField.BYTES_OUT);
            Long total = bytes(ExtensionField.BYTES_TOTAL);
            if (total == null && (in != null || out != null)) {
                total = (in == null ? 0 : in) + (out == null ? 0 : out);
            }
            String application = lower(get(ExtensionField.APPLICATION));
            String direction = get(ExtensionField.DIRECTION);
            return new Network(
                    Transports.of(get(ExtensionField.PROTOCOL)),
                    protocol != null ? protocol : application,
                    "1".equals(direction) ? "egress" : "0".equals(direction) ? "ingress" : "unknown",
                    total,
                    null);
        }

        /** PAN-OS puts quotes around what its own log has in quotes. */
        private static @Nullable String unquoted(@Nullable String text) {
            int last = text == null ? 0 : text.length() - 1;
            return text != null && last > 1 && text.charAt(0) == '"' && text.charAt(last) == '"'
                    ? text.substring(1, last)
                    : text;
        }

        /** The URL; a path alone is put after the host, and a missing scheme follows from application and port. */
        private @Nullable String url() {
            String request = unquoted(get(ExtensionField.URL));
            request = request == null ? null : request.replace("\\/", "/");
            if (request == null || Authority.hasScheme(request)) {
                return request;
            }
            String application = lower(get(ExtensionField.APPLICATION));
            Integer port = Numbers.port(get(ExtensionField.DESTINATION_PORT));
            boolean isTls = port != null && port == HTTPS || "https".equals(application) || "ssl".equals(application);
            if (request.charAt(0) != '/') {
                return Authority.url(isTls, request, null, "");
            }
            String host = get(ExtensionField.DESTINATION_HOST);
            host = host == null ? get(ExtensionField.DESTINATION_IP) : host;
            return host == null ? null : Authority.url(isTls, host, port, request);
        }

        private static @Nullable String lower(@Nullable String text) {
            return text == null ? null : text.toLowerCase(Locale.ROOT);
        }
    }
}
