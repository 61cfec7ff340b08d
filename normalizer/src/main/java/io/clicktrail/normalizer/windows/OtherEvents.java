package io.clicktrail.normalizer.windows;

import static io.clicktrail.normalizer.windows.EventData.BITS_URL;
import static io.clicktrail.normalizer.windows.EventData.DEFENDER_PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.DETECTION_ID;
import static io.clicktrail.normalizer.windows.EventData.DETECTION_USER;
import static io.clicktrail.normalizer.windows.EventData.PATH;
import static io.clicktrail.normalizer.windows.EventData.QUERY_NAME;
import static io.clicktrail.normalizer.windows.EventData.QUERY_RESULTS;
import static io.clicktrail.normalizer.windows.EventData.QUERY_STATUS;
import static io.clicktrail.normalizer.windows.EventData.SERVICE_IMAGE_PATH;
import static io.clicktrail.normalizer.windows.EventData.SERVICE_NAME;
import static io.clicktrail.normalizer.windows.EventData.SEVERITY_NAME;
import static io.clicktrail.normalizer.windows.EventData.SYSTEM_USER_ID;
import static io.clicktrail.normalizer.windows.EventData.THREAT_NAME;

import io.clicktrail.event.AutostartKind;
import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of providers other than Sysmon and Security: Defender Antivirus 1116 and 1117 (a threat found, and acted on),
 * BITS client 59 and 60 (a transfer began, and ended), DNS client 3008 (an answer), Service Control Manager 7045 (a
 * service was installed). The others are of no use here.
 */
final class OtherEvents {

    private OtherEvents() {}

    static Outcome map(WindowsRecord record, RecordContext context, Format format) {
        return switch (record.provider() + " " + record.eventId()) {
            case "Microsoft-Windows-Windows Defender 1116", "Microsoft-Windows-Windows Defender 1117" ->
                threat(record, context, format);
            case "Microsoft-Windows-Bits-Client 59", "Microsoft-Windows-Bits-Client 60" ->
                transfer(record, context, format);
            case "Microsoft-Windows-DNS-Client 3008" -> dns(record, context, format);
            case "Service Control Manager 7045" -> service(record, context, format);
            default -> new Outcome.Ignored(WindowsEvents.OTHER, "provider or event id without use here");
        };
    }

    /**
     * The path is {@code file:_C:\..}, of an archive {@code containerfile:_C:\a.zip; file:_C:\a.zip->b.js}; the first
     * file in it holds, and of a member of an archive the archive.
     */
    private static Outcome threat(WindowsRecord record, RecordContext context, Format format) {
        String title = record.data(THREAT_NAME);
        if (title == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        String path = path(record.data(PATH));
        EventDraft draft = new EventDraft(WindowsEvents.DEFENDER, EventKind.SECURITY_ALERT)
                .alert(new SecurityAlert(
                        WindowsEvents.guid(record.data(DETECTION_ID)), title, record.data(SEVERITY_NAME), List.of()))
                .user(Users.of(record.data(DETECTION_USER)))
                .process(WindowsEvents.process(null, null, image(record.data(DEFENDER_PROCESS_NAME))))
                .file(path == null ? null : new FileDraft(FilePath.of(path)).build());
        return finish(draft, record, context, format);
    }

    private static @Nullable String image(@Nullable String name) {
        return "Unknown".equals(name) ? null : name;
    }

    private static @Nullable String path(@Nullable String resources) {
        if (resources == null) {
            return null;
        }
        int at = resources.indexOf("file:_");
        if (at < 0) {
            return null;
        }
        int from = at + "file:_".length();
        int to = resources.length();
        for (String end : List.of("; ", ";", "->")) {
            int found = resources.indexOf(end, from);
            to = found < 0 ? to : Math.min(to, found);
        }
        return from == to ? null : resources.substring(from, to);
    }

    private static Outcome transfer(WindowsRecord record, RecordContext context, Format format) {
        String url = record.data(BITS_URL);
        if (url == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        Authority server = Authority.ofUrl(url);
        String owner = record.data(SYSTEM_USER_ID);
        EventDraft draft = new EventDraft(WindowsEvents.BITS, EventKind.HTTP_REQUEST)
                .url(url)
                .user(owner == null ? null : new User(null, null, owner, null))
                .destination(
                        server == null ? null : server.ip(),
                        server == null ? null : server.port(),
                        server == null ? null : server.domain());
        return finish(draft, record, context, format);
    }

    private static Outcome service(WindowsRecord record, RecordContext context, Format format) {
        String name = record.data(SERVICE_NAME);
        if (name == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        EventDraft draft = new EventDraft(WindowsEvents.SYSTEM, EventKind.AUTOSTART)
                .autostart(Autostarts.of(AutostartKind.SERVICE, name, record.data(SERVICE_IMAGE_PATH)));
        return finish(draft, record, context, format);
    }

    private static Outcome dns(WindowsRecord record, RecordContext context, Format format) {
        String name = Hosts.domainName(record.data(QUERY_NAME));
        if (name == null) {
            return new Outcome.Ignored(WindowsEvents.DNS_CLIENT, "DNS query without a name");
        }
        EventDraft draft = new EventDraft(WindowsEvents.DNS_CLIENT, EventKind.DNS_QUERY)
                .dns(new Dns(
                        name,
                        null,
                        DnsStatus.name(record.data(QUERY_STATUS)),
                        SysmonEvents.addresses(record.data(QUERY_RESULTS))));
        return finish(draft, record, context, format);
    }

    private static Outcome finish(EventDraft draft, WindowsRecord record, RecordContext context, Format format) {
        EventTime time = record.created(context);
        return WindowsEvents.finish(draft, record, WindowsEvents.host(record, context, null), time, context, format);
    }
}
