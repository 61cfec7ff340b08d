package io.clicktrail.normalizer.endpoint;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.LogonTypes;
import io.clicktrail.normalizer.event.Logons;
import io.clicktrail.normalizer.event.MacAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.Platforms;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.SignatureStatuses;
import io.clicktrail.normalizer.event.TechniqueIds;
import io.clicktrail.normalizer.event.Transports;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.FieldTable;
import io.clicktrail.normalizer.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of an endpoint sensor's rows, by the tables of where it writes what.
 *
 * <p>A process is known by the sensor's own identity of it, which is unique on a host, else by host, pid and start
 * time: so pid reuse joins no two processes. The host goes by its name, or by the sensor's identifier where the sensor
 * does not log the name.
 */
final class EndpointEvents {

    private static final int MAX_ADDRESSES = 16;
    private static final String FILE_SCHEME = "file:";

    private final EndpointTables tables;

    EndpointEvents(EndpointTables tables) {
        this.tables = tables;
    }

    /** What an action comes to by the sensor's table; null where that does not say it. */
    @Nullable
    EndpointFact known(String action) {
        return tables.actions().get(action);
    }

    /** The draft of a fact, or null where the document lacks what the fact cannot do without. */
    @Nullable
    EventDraft draft(EndpointFact fact, String dataset, JsonFields document) {
        return switch (fact) {
            case PROCESS_START -> processStart(dataset, document);
            case PROCESS_END -> processEnd(dataset, document);
            case CONNECTION_OUT -> outgoing(EventKind.NETWORK_CONNECTION, dataset, document, null);
            case CONNECTION_OUT_FAILED -> {
                EventDraft draft = outgoing(EventKind.NETWORK_CONNECTION, dataset, document, null);
                yield draft == null ? null : draft.outcome(EventOutcome.FAILURE);
            }
            case CONNECTION_IN -> incoming(dataset, document);
            case HTTP_REQUEST -> request(dataset, document);
            case DNS_QUERY ->
                dns(
                        dataset,
                        document,
                        fact(document, EndpointField.DNS_NAME),
                        fact(document, EndpointField.DNS_TYPE),
                        tables.facts().all(document, EndpointField.DNS_ANSWERS));
            case FILE_WRITE -> file(EventKind.FILE_WRITE, dataset, document, MarkAction.NONE);
            case FILE_MARK -> file(EventKind.FILE_MARK, dataset, document, MarkAction.SET);
            case URL_OPEN -> urlOpen(dataset, document);
            case LOGON -> logon(dataset, document, true, EventOutcome.SUCCESS);
            case LOGON_FAILED -> logon(dataset, document, true, EventOutcome.FAILURE);
            case LOGOFF -> logon(dataset, document, false, EventOutcome.UNKNOWN);
            case ALERT -> alert(dataset, document, EventOutcome.UNKNOWN);
            case ALERT_BLOCKED -> alert(dataset, document, EventOutcome.FAILURE);
            case ADDRESSES -> addresses(dataset, document, tables.facts().all(document, EndpointField.LOCAL_IP));
        };
    }

    /** A draft with the host, the time, the acting process and its account. */
    EventDraft acting(EventKind kind, String dataset, JsonFields document) {
        Host host = host(document, localAddress(document));
        return new EventDraft(dataset, kind)
                .time(time(document))
                .host(host)
                .process(process(tables.actor(), tables.actorParent(), document, host))
                .user(account(tables.account(), document));
    }

    /** A query, whose name and answers some sensors write where tables do not reach. */
    @Nullable
    EventDraft dns(
            String dataset, JsonFields document, @Nullable String asked, @Nullable String type, List<String> answers) {
        String name = Hosts.domainName(asked);
        return name == null
                ? null
                : acting(EventKind.DNS_QUERY, dataset, document)
                        .dns(new Dns(name, DnsTypes.named(type), null, resolved(answers)));
    }

    /** The addresses that the host has, which is a lease without an end; null where none is readable. */
    @Nullable
    EventDraft addresses(String dataset, JsonFields document, List<String> given) {
        List<String> addresses = new ArrayList<>(4);
        for (String text : given) {
            String address = IpAddresses.canonical(text);
            if (address != null && addresses.size() < MAX_ADDRESSES) {
                addresses.add(address);
            }
        }
        Host host = host(document, addresses);
        return host == null || addresses.isEmpty()
                ? null
                : new EventDraft(dataset, EventKind.ADDRESS_LEASE)
                        .time(time(document))
                        .host(host)
                        .lease(new AddressLease(addresses.getFirst(), mac(document), null, null));
    }

    /** The host by the sensor's word. */
    @Nullable
    Host host(JsonFields document, List<String> addresses) {
        return Hosts.identified(
                fact(document, EndpointField.HOST_NAME),
                fact(document, EndpointField.HOST_LABEL),
                fact(document, EndpointField.HOST_DOMAIN),
                fact(document, EndpointField.HOST_ID),
                Platforms.named(fact(document, EndpointField.OPERATING_SYSTEM)),
                addresses,
                mac(document));
    }

    /** The host by its qualified name, with the sensor's identifier beside it; null where the row has none. */
    @Nullable
    Host named(JsonFields document) {
        String label = fact(document, EndpointField.HOST_LABEL);
        String domain = fact(document, EndpointField.HOST_DOMAIN);
        if (label == null) {
            return null;
        }
        return Hosts.identified(
                label.indexOf('.') > 0 || domain == null ? label : label + "." + domain,
                null,
                domain,
                fact(document, EndpointField.HOST_ID),
                Platforms.named(fact(document, EndpointField.OPERATING_SYSTEM)),
                localAddress(document),
                mac(document));
    }

    @Nullable
    EventTime time(JsonFields document) {
        return EventTime.utc(fact(document, EndpointField.TIME));
    }

    @Nullable
    String fact(JsonFields document, EndpointField field) {
        return tables.facts().get(document, field);
    }

    private @Nullable EventDraft processStart(String dataset, JsonFields document) {
        Host host = host(document, localAddress(document));
        Process process = process(tables.started(), tables.starter(), document, host);
        if (process == null) {
            return null;
        }
        EventTime start = EventTime.utc(tables.started().get(document, ProcessField.START));
        User user = account(tables.subject(), document);
        return new EventDraft(dataset, EventKind.PROCESS_START)
                .time(start == null ? time(document) : start)
                .host(host)
                .process(process)
                .user(user == null ? account(tables.account(), document) : user);
    }

    private @Nullable EventDraft processEnd(String dataset, JsonFields document) {
        Host host = host(document, localAddress(document));
        Process process = process(tables.started(), tables.starter(), document, host);
        return process == null
                ? null
                : new EventDraft(dataset, EventKind.PROCESS_END)
                        .time(time(document))
                        .host(host)
                        .process(process)
                        .user(account(tables.subject(), document));
    }

    /**
     * A connection that the host opened; null where the far side is not known.
     *
     * @param serverName the name that the sensor saw on the wire, in place of the one in its table
     */
    @Nullable
    EventDraft outgoing(EventKind kind, String dataset, JsonFields document, @Nullable String serverName) {
        String url = fact(document, EndpointField.REMOTE_URL);
        Authority named = serverName != null ? Authority.of(serverName) : url == null ? null : Authority.ofUrl(url);
        String ip = IpAddresses.canonical(fact(document, EndpointField.REMOTE_IP));
        String name = named == null ? null : named.domain();
        if (ip == null && named != null) {
            ip = named.ip();
        }
        return ip == null && name == null
                ? null
                : acting(kind, dataset, document)
                        .url(url != null && Authority.hasScheme(url) ? url : null)
                        .network(network(document, "egress"))
                        .client(localIp(document), localPort(document), null)
                        .destination(ip, Numbers.port(fact(document, EndpointField.REMOTE_PORT)), name);
    }

    private @Nullable EventDraft incoming(String dataset, JsonFields document) {
        String ip = IpAddresses.canonical(fact(document, EndpointField.REMOTE_IP));
        return ip == null
                ? null
                : acting(EventKind.NETWORK_CONNECTION, dataset, document)
                        .network(network(document, "ingress"))
                        .client(ip, Numbers.port(fact(document, EndpointField.REMOTE_PORT)), null)
                        .destination(localIp(document), localPort(document), null);
    }

    private Network network(JsonFields document, String direction) {
        String protocol = fact(document, EndpointField.PROTOCOL);
        String transport = Transports.known(protocol);
        String application = protocol == null || transport != null ? null : protocol.toLowerCase(Locale.ROOT);
        return new Network(transport, application, direction, null, null);
    }

    private @Nullable String localIp(JsonFields document) {
        return IpAddresses.canonical(fact(document, EndpointField.LOCAL_IP));
    }

    private @Nullable Integer localPort(JsonFields document) {
        return Numbers.port(fact(document, EndpointField.LOCAL_PORT));
    }

    private @Nullable EventDraft request(String dataset, JsonFields document) {
        String url = fact(document, EndpointField.REMOTE_URL);
        Authority named = url == null ? null : Authority.ofUrl(url);
        if (url == null || named == null) {
            return null;
        }
        String ip = IpAddresses.canonical(fact(document, EndpointField.REMOTE_IP));
        return acting(EventKind.HTTP_REQUEST, dataset, document)
                .url(url)
                .http(new Http(fact(document, EndpointField.HTTP_METHOD), null, null, null, null, null))
                .client(localIp(document), localPort(document), null)
                .destination(
                        ip == null ? named.ip() : ip,
                        named.port() == null ? Numbers.port(fact(document, EndpointField.REMOTE_PORT)) : named.port(),
                        named.domain());
    }

    private @Nullable EventDraft file(EventKind kind, String dataset, JsonFields document, MarkAction mark) {
        FileDraft file = file(document);
        return file == null
                ? null
                : acting(kind, dataset, document).file(file.mark(mark).build());
    }

    /** The file that the document is about, or null where it is about none. */
    @Nullable
    FileDraft file(JsonFields document) {
        String text = FilePath.join(fact(document, EndpointField.FILE_PATH), fact(document, EndpointField.FILE_NAME));
        if (text == null) {
            return null;
        }
        FilePath path = FilePath.of(text);
        return new FileDraft(path)
                .forkName(path.fork())
                .size(Numbers.whole(fact(document, EndpointField.FILE_SIZE)))
                .hash(Hashes.of(
                        fact(document, EndpointField.FILE_MD5),
                        fact(document, EndpointField.FILE_SHA1),
                        fact(document, EndpointField.FILE_SHA256)))
                .origin(fact(document, EndpointField.FILE_ORIGIN_URL), fact(document, EndpointField.FILE_REFERRER_URL))
                .zoneId(Numbers.within(fact(document, EndpointField.FILE_ZONE), 4))
                .originalPath(FilePath.join(
                        fact(document, EndpointField.FILE_OLD_PATH), fact(document, EndpointField.FILE_OLD_NAME)));
    }

    /** What is opened may be a local file as well; that is no link and becomes OTHER. */
    private @Nullable EventDraft urlOpen(String dataset, JsonFields document) {
        String opened = fact(document, EndpointField.REMOTE_URL);
        if (opened == null) {
            return null;
        }
        boolean isFile = opened.charAt(0) == '/' || opened.regionMatches(true, 0, FILE_SCHEME, 0, FILE_SCHEME.length());
        if (isFile || Platforms.ofPath(opened) != Platform.UNKNOWN) {
            return acting(EventKind.OTHER, dataset, document).file(new FileDraft(FilePath.of(opened)).build());
        }
        Authority named = Authority.ofUrl(opened);
        return acting(EventKind.URL_OPEN, dataset, document)
                .url(opened)
                .destination(
                        named == null ? null : named.ip(),
                        named == null ? null : named.port(),
                        named == null ? null : named.domain());
    }

    private @Nullable EventDraft logon(String dataset, JsonFields document, boolean begin, EventOutcome outcome) {
        User user = account(tables.subject(), document);
        if (user == null) {
            return null;
        }
        String from = IpAddresses.canonical(fact(document, EndpointField.REMOTE_IP));
        return new EventDraft(dataset, EventKind.LOGON)
                .time(time(document))
                .host(host(document, localAddress(document)))
                .user(user)
                .outcome(outcome)
                .client(from, Numbers.port(fact(document, EndpointField.REMOTE_PORT)), null)
                .logon(Logons.of(
                        LogonTypes.number(fact(document, EndpointField.LOGON_TYPE)),
                        fact(document, EndpointField.LOGON_ID),
                        from,
                        begin));
    }

    private @Nullable EventDraft alert(String dataset, JsonFields document, EventOutcome outcome) {
        String title = fact(document, EndpointField.ALERT_TITLE);
        if (title == null) {
            return null;
        }
        Host host = host(document, localAddress(document));
        FileDraft file = file(document);
        String url = fact(document, EndpointField.REMOTE_URL);
        Process process = tables.started().get(document, ProcessField.COMMAND_LINE) == null
                ? process(tables.actor(), tables.actorParent(), document, host)
                : process(tables.started(), tables.starter(), document, host);
        User user = account(tables.subject(), document);
        return new EventDraft(dataset, EventKind.SECURITY_ALERT)
                .time(time(document))
                .host(host)
                .outcome(outcome)
                .process(process)
                .user(user == null ? account(tables.account(), document) : user)
                .file(file == null ? null : file.build())
                .url(url)
                .destination(IpAddresses.canonical(fact(document, EndpointField.REMOTE_IP)), null, null)
                .alert(new SecurityAlert(
                        fact(document, EndpointField.ALERT_ID),
                        title,
                        fact(document, EndpointField.ALERT_SEVERITY),
                        TechniqueIds.in(fact(document, EndpointField.ALERT_TECHNIQUES))));
    }

    private @Nullable Process process(
            FieldTable<ProcessField> table,
            FieldTable<ProcessField> parents,
            JsonFields document,
            @Nullable Host host) {
        String path = path(table, document);
        String entity = entity(table, document, host);
        Long pid = Numbers.whole(table.get(document, ProcessField.PID));
        String command = table.get(document, ProcessField.COMMAND_LINE);
        if (path == null && entity == null && pid == null && command == null) {
            return null;
        }
        return new ProcessDraft()
                .entityId(entity)
                .pid(pid)
                .start(EventTime.utc(table.get(document, ProcessField.START)))
                .executable(path)
                .originalFileName(table.get(document, ProcessField.ORIGINAL_NAME))
                .commandLine(command)
                .workingDirectory(table.get(document, ProcessField.DIRECTORY))
                .integrityLevel(integrity(table.get(document, ProcessField.INTEGRITY)))
                .hash(Hashes.of(
                        table.get(document, ProcessField.MD5),
                        sha1(table.get(document, ProcessField.SHA1)),
                        table.get(document, ProcessField.SHA256)))
                .codeSignature(
                        null,
                        null,
                        Placeholders.absent(table.get(document, ProcessField.SIGNER)),
                        signature(table, document),
                        null)
                .parent(parent(parents, document, host))
                .build();
    }

    private static SignatureStatus signature(FieldTable<ProcessField> table, JsonFields document) {
        Long flags = Numbers.whole(table.get(document, ProcessField.SIGNATURE_FLAGS));
        return flags == null
                ? SignatureStatuses.of(
                        table.get(document, ProcessField.SIGNED), table.get(document, ProcessField.VERIFIED))
                : SignatureStatuses.ofFalconFlags(flags);
    }

    private static @Nullable ParentProcess parent(
            FieldTable<ProcessField> table, JsonFields document, @Nullable Host host) {
        String path = path(table, document);
        String entity = entity(table, document, host);
        Long pid = Numbers.whole(table.get(document, ProcessField.PID));
        return path == null && entity == null && pid == null
                ? null
                : new ParentProcess(entity, pid, path, table.get(document, ProcessField.COMMAND_LINE));
    }

    private static @Nullable String path(FieldTable<ProcessField> table, JsonFields document) {
        return FilePath.join(table.get(document, ProcessField.PATH), table.get(document, ProcessField.NAME));
    }

    private static @Nullable String entity(FieldTable<ProcessField> table, JsonFields document, @Nullable Host host) {
        if (host == null) {
            return null;
        }
        String own = table.get(document, ProcessField.ENTITY);
        if (own != null) {
            return (host.getId() == null ? host.getName() : host.getId()) + ":" + own;
        }
        Long pid = Numbers.whole(table.get(document, ProcessField.PID));
        EventTime start = EventTime.utc(table.get(document, ProcessField.START));
        return pid == null || start == null ? null : host.getName() + ":" + pid + ":" + start.millis();
    }

    private static @Nullable User account(FieldTable<AccountField> table, JsonFields document) {
        return Users.of(
                table.get(document, AccountField.DOMAIN),
                table.get(document, AccountField.NAME),
                table.get(document, AccountField.ID),
                table.get(document, AccountField.UPN));
    }

    private List<String> localAddress(JsonFields document) {
        String address = localIp(document);
        return address == null ? List.of() : List.of(address);
    }

    private @Nullable String mac(JsonFields document) {
        return MacAddresses.canonical(fact(document, EndpointField.HOST_MAC));
    }

    /** Addresses out of lists such as {@code 203.0.113.9;type: 5 cname.example;}. */
    private static List<String> resolved(List<String> answers) {
        List<String> addresses = new ArrayList<>(4);
        for (String answer : answers) {
            int from = 0;
            for (int at = 0; at <= answer.length(); at++) {
                if (at == answer.length() || ";, \"[]{}".indexOf(answer.charAt(at)) >= 0) {
                    String address = IpAddresses.canonical(answer.substring(from, at));
                    if (address != null && addresses.size() < MAX_ADDRESSES && !addresses.contains(address)) {
                        addresses.add(address);
                    }
                    from = at + 1;
                }
            }
        }
        return addresses;
    }

    /** CrowdStrike writes zeros for a SHA-1 that it did not take. */
    private static @Nullable String sha1(@Nullable String text) {
        return text == null || text.startsWith("00000000000000000000") ? null : text;
    }

    /** The relative id of a mandatory label (winnt.h, SECURITY_MANDATORY_*_RID) in words; words as they are. */
    private static @Nullable String integrity(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "0" -> "Untrusted";
            case "4096", "LOW" -> "Low";
            case "8192", "8448", "MEDIUM" -> "Medium";
            case "12288", "HIGH" -> "High";
            case "16384", "SYSTEM" -> "System";
            default -> text;
        };
    }
}
