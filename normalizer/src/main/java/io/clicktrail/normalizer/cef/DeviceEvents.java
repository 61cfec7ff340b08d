package io.clicktrail.normalizer.cef;

import io.clicktrail.event.Dns;
import io.clicktrail.event.Email;
import io.clicktrail.event.EventOutcome;
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
 * The one mapping from the keys of CEF and LEEF to events. What an event tells of is said by the product's row in
 * {@code products.tsv}; without one, a severity from 7 on is an alert, else a URL is a request, a name asked for a DNS
 * exchange, two ends a connection.
 */
public final class DeviceEvents {

    private static final int HTTPS = 443;

    private final Products products = Products.load();

    private DeviceEvents() {}

    /** The formats that this mapping serves. */
    public static List<TextFormat> formats() {
        DeviceEvents events = new DeviceEvents();
        return List.of(new CefLine(events), new LeefLine(events));
    }

    static List<String> datasets(String format) {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.LOGOFF)
                .map(role -> dataset(format, role))
                .toList();
    }

    Attributes attributes(RecordContext reading) {
        return new Attributes(products, reading.limits().fieldChars());
    }

    Outcome read(CefHeader header, Attributes attributes, String dialect, RecordContext reading, Format format) {
        Fields fields = new Fields(header, attributes, products.of(header), reading);
        Role role = fields.role();
        String dataset = dataset(dialect, role);
        if (role == Role.OTHER) {
            return new Outcome.Ignored(dataset, "no use of a network, a program, a file, an account or mail");
        }
        EventDraft draft = new EventDraft(dataset, role.kind())
                .code(header.eventClass().isEmpty() ? null : header.eventClass())
                .time(fields.time())
                .outcome(fields.outcome());
        boolean isWhole = switch (role) {
            case WEB -> fields.web(draft);
            case NETWORK -> fields.network(draft);
            case DNS -> fields.dns(draft);
            case PROCESS -> fields.process(draft);
            case FILE -> fields.file(draft);
            case LOGON, LOGOFF -> fields.logon(draft, role == Role.LOGON);
            case MAIL -> fields.mail(draft);
            case ALERT -> fields.alert(draft);
            case OTHER -> false;
        };
        if (attributes.isCut()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return isWhole ? reading.event(draft, format) : reading.rejected(Reason.MISSING_FIELD, format);
    }

    private static String dataset(String dialect, Role role) {
        return dialect + "." + role.word();
    }

    /** The fields of one record as the event wants them. */
    private static final class Fields {
        private final CefHeader header;
        private final Attributes attributes;
        private final Products.@Nullable Row row;
        private final RecordContext reading;

        Fields(CefHeader header, Attributes attributes, Products.@Nullable Row row, RecordContext reading) {
            this.header = header;
            this.attributes = attributes;
            this.row = row;
            this.reading = reading;
        }

        private @Nullable String get(Key key) {
            return attributes.get(key, row);
        }

        Role role() {
            if (row != null) {
                return row.role();
            }
            if (header.isSevere()) {
                return Role.ALERT;
            }
            if (url() != null) {
                return Role.WEB;
            }
            if (get(Key.DNS_NAME) != null) {
                return Role.DNS;
            }
            boolean hasEnds = IpAddresses.canonical(get(Key.CLIENT_IP)) != null
                    && (get(Key.DESTINATION_IP) != null || get(Key.DESTINATION_HOST) != null);
            return hasEnds ? Role.NETWORK : Role.OTHER;
        }

        /** When it began, else when the device took note of it, else when it ended. */
        @Nullable
        EventTime time() {
            EventTime time = time(get(Key.START));
            if (time == null) {
                time = time(get(Key.RECEIPT));
            }
            return time == null ? time(get(Key.END)) : time;
        }

        private @Nullable EventTime time(@Nullable String text) {
            String pattern = get(Key.TIME_FORMAT);
            return pattern != null && pattern.startsWith("dd/MM")
                    ? TimeForms.dayFirst(text, reading.zone(), reading.deliveredMillis())
                    : reading.time(text, get(Key.ZONE));
        }

        EventOutcome outcome() {
            String action = get(Key.ACTION);
            String said = action == null ? get(Key.RESULT) : action;
            return said == null ? EventOutcome.UNKNOWN : Actions.outcome(said);
        }

        boolean web(EventDraft draft) {
            String url = url();
            Authority authority = url == null ? null : Authority.ofUrl(url);
            if (url == null || authority == null) {
                return false;
            }
            String method = get(Key.METHOD);
            draft.url(url);
            ends(draft, authority);
            draft.user(user(Key.USER, Key.SOURCE_DOMAIN))
                    .network(traffic("http"))
                    .http(new Http(
                            method == null ? null : method.toUpperCase(Locale.ROOT),
                            get(Key.REFERRER),
                            Numbers.within(get(Key.STATUS), 999),
                            get(Key.MIME),
                            get(Key.USER_AGENT),
                            Numbers.whole(get(Key.BYTES_IN))));
            return true;
        }

        boolean network(EventDraft draft) {
            draft.user(user(Key.USER, Key.SOURCE_DOMAIN)).network(traffic(null));
            return ends(draft, null);
        }

        boolean dns(EventDraft draft) {
            String name = Hosts.domainName(get(Key.DNS_NAME));
            if (name == null) {
                return false;
            }
            ends(draft, null);
            draft.user(user(Key.USER, Key.SOURCE_DOMAIN))
                    .network(traffic("dns"))
                    .dns(new Dns(name, get(Key.DNS_TYPE), null, List.of()));
            return true;
        }

        boolean process(EventDraft draft) {
            String executable = get(Key.PROCESS);
            executable = executable == null ? get(Key.FILE_PATH) : executable;
            String commandLine = get(Key.COMMAND_LINE);
            endpoint(draft);
            String parent = get(Key.PARENT_PROCESS);
            Long parentPid = Numbers.whole(get(Key.PARENT_PID));
            draft.process(new ProcessDraft()
                    .executable(executable)
                    .pid(Numbers.whole(get(Key.PID)))
                    .commandLine(commandLine)
                    .hash(Hashes.ofAny(get(Key.FILE_HASH)))
                    .parent(
                            parent == null && parentPid == null
                                    ? null
                                    : new ParentProcess(null, parentPid, parent, null))
                    .build());
            return executable != null || commandLine != null;
        }

        boolean file(EventDraft draft) {
            endpoint(draft);
            String executable = get(Key.PROCESS);
            if (executable != null) {
                draft.process(new ProcessDraft()
                        .executable(executable)
                        .pid(Numbers.whole(get(Key.PID)))
                        .build());
            }
            return withFile(draft);
        }

        boolean logon(EventDraft draft, boolean begin) {
            User user = user(Key.TARGET_USER, Key.TARGET_DOMAIN);
            endpoint(draft);
            draft.user(user == null ? user(Key.USER, Key.SOURCE_DOMAIN) : user)
                    .logon(new Logon(
                            Numbers.within(get(Key.LOGON_TYPE), 99),
                            null,
                            IpAddresses.canonical(get(Key.CLIENT_IP)),
                            begin));
            return user != null || get(Key.USER) != null;
        }

        boolean mail(EventDraft draft) {
            String from = get(Key.USER);
            String to = get(Key.TARGET_USER);
            draft.email(new Email(
                    Mailboxes.messageId(get(Key.MESSAGE_ID)),
                    from,
                    to == null ? List.of() : Arrays.asList(to.split("[;,] *", 50)),
                    get(Key.SUBJECT),
                    get(Key.ID),
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
                            get(Key.ID), title, header.severity().isEmpty() ? null : header.severity(), List.of()));
            return !title.isEmpty();
        }

        /** The host that the agent runs on and the account there. */
        private void endpoint(EventDraft draft) {
            String host = get(Key.DESTINATION_HOST);
            host = host == null ? get(Key.DEVICE_HOST) : host;
            User user = user(Key.USER, Key.SOURCE_DOMAIN);
            draft.host(Hosts.of(host, Platform.UNKNOWN, null))
                    .user(user == null ? user(Key.TARGET_USER, Key.TARGET_DOMAIN) : user);
        }

        private boolean withFile(EventDraft draft) {
            String path = get(Key.FILE_PATH);
            String name = get(Key.FILE_NAME);
            String whole = path == null ? name : path;
            if (whole == null) {
                return false;
            }
            draft.file(new FileDraft(FilePath.of(whole))
                    .size(Numbers.whole(get(Key.FILE_SIZE)))
                    .hash(Hashes.ofAny(get(Key.FILE_HASH)))
                    .build());
            return true;
        }

        /** Sets client and destination; whether both are known. */
        private boolean ends(EventDraft draft, @Nullable Authority named) {
            String clientIp = IpAddresses.canonical(get(Key.CLIENT_IP));
            String clientHost = domain(Key.CLIENT_HOST);
            String ip =
                    named != null && named.ip() != null ? named.ip() : IpAddresses.canonical(get(Key.DESTINATION_IP));
            String domain = named == null ? domain(Key.DESTINATION_HOST) : named.domain();
            Integer port =
                    named != null && named.port() != null ? named.port() : Numbers.port(get(Key.DESTINATION_PORT));
            draft.client(clientIp, Numbers.port(get(Key.CLIENT_PORT)), clientHost)
                    .destination(ip, port, domain);
            return (clientIp != null || clientHost != null) && (ip != null || domain != null);
        }

        private @Nullable String domain(Key key) {
            String name = Hosts.domainName(get(key));
            return IpAddresses.canonical(name) == null ? name : null;
        }

        private @Nullable User user(Key name, Key domain) {
            String account = get(name);
            String within = get(domain);
            return within == null || account == null || account.indexOf('\\') >= 0 || account.indexOf('@') >= 0
                    ? Users.of(account)
                    : Users.of(within, account, null);
        }

        private Network traffic(@Nullable String protocol) {
            Long in = Numbers.whole(get(Key.BYTES_IN));
            Long out = Numbers.whole(get(Key.BYTES_OUT));
            Long total = Numbers.whole(get(Key.BYTES_TOTAL));
            if (total == null && (in != null || out != null)) {
                total = (in == null ? 0 : in) + (out == null ? 0 : out);
            }
            String application = lower(get(Key.APPLICATION));
            String direction = get(Key.DIRECTION);
            return new Network(
                    Transports.of(get(Key.PROTOCOL)),
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

        /** The URL; a path alone is put behind the host, and a missing scheme is told by application and port. */
        private @Nullable String url() {
            String request = unquoted(get(Key.URL));
            if (request == null || Authority.hasScheme(request)) {
                return request;
            }
            String application = lower(get(Key.APPLICATION));
            Integer port = Numbers.port(get(Key.DESTINATION_PORT));
            boolean isTls = port != null && port == HTTPS || "https".equals(application) || "ssl".equals(application);
            if (request.charAt(0) != '/') {
                return Authority.url(isTls, request, null, "");
            }
            String host = get(Key.DESTINATION_HOST);
            host = host == null ? get(Key.DESTINATION_IP) : host;
            return host == null ? null : Authority.url(isTls, host, port, request);
        }

        private static @Nullable String lower(@Nullable String text) {
            return text == null ? null : text.toLowerCase(Locale.ROOT);
        }
    }
}
