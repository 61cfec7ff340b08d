package io.clicktrail.normalizer.proxy;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.web.WebRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netskope's events (docs.netskope.com, Events and Alerts): a page or an application event with a URL is a request by
 * the device that the client runs on, an alert an alert. Audit and infrastructure events are ignored.
 */
public final class NetskopeJson implements JsonFormat {

    private static final String WEB = "netskope.web";
    private static final String ALERT = "netskope.alert";
    private static final String OTHER = "netskope.other";

    private final int id;
    private final int inserted;
    private final int accessMethod;
    private final int trafficType;
    private final int timestamp;
    private final int user;
    private final int userIp;
    private final int sourceIp;
    private final int destinationIp;
    private final int destinationPort;
    private final int url;
    private final int device;
    private final int os;
    private final int agent;
    private final int referrer;
    private final int action;
    private final int alert;
    private final int alertName;
    private final int alertType;
    private final int severity;

    public NetskopeJson(JsonPaths paths) {
        id = paths.field("_id");
        inserted = paths.field("_insertion_epoch_timestamp");
        accessMethod = paths.field("access_method");
        trafficType = paths.field("traffic_type");
        timestamp = paths.field("timestamp");
        user = paths.field("user");
        userIp = paths.field("userip");
        sourceIp = paths.field("srcip");
        destinationIp = paths.field("dstip");
        destinationPort = paths.field("dstport");
        url = paths.field("url");
        device = paths.field("hostname");
        os = paths.field("os");
        agent = paths.field("useragent");
        referrer = paths.field("referer");
        action = paths.field("action");
        alert = paths.field("alert");
        alertName = paths.field("alert_name");
        alertType = paths.field("alert_type");
        severity = paths.field("severity");
    }

    @Override
    public String name() {
        return "netskope.json";
    }

    @Override
    public List<String> datasets() {
        return List.of(WEB, ALERT, OTHER);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        return document.has(timestamp)
                && (document.has(inserted) || (document.has(accessMethod) && document.has(trafficType)));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        boolean isAlert = "yes".equals(document.get(alert)) && document.has(alertName);
        if (!isAlert && !document.has(url)) {
            return new Outcome.Ignored(OTHER, "event without use here");
        }
        EventDraft draft = new EventDraft(
                        isAlert ? ALERT : WEB, isAlert ? EventKind.SECURITY_ALERT : EventKind.HTTP_REQUEST)
                .time(context.time(document.get(timestamp)))
                .host(Hosts.of(
                        document.get(device), platform(document.get(os)), IpAddresses.canonical(document.get(userIp))))
                .outcome(Actions.outcome(document.get(action)));
        if (document.has(id)) {
            draft.identity("netskope", document.get(id));
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        String client = document.has(userIp) ? document.get(userIp) : document.get(sourceIp);
        String title = document.get(alertName);
        if (isAlert && title != null) {
            draft.code(document.get(alertType))
                    .user(Users.of(document.get(user)))
                    .client(IpAddresses.canonical(client), null, null)
                    .destination(IpAddresses.canonical(document.get(destinationIp)), null, null)
                    .alert(new SecurityAlert(document.get(id), title, document.get(severity), List.of()));
            return context.event(draft, this);
        }
        return WebRequest.ofProxy(draft)
                .client(client, null)
                .server(document.get(destinationIp), document.get(destinationPort))
                .user(document.get(user))
                .scheme("https")
                .uri(document.get(url))
                .referrer(document.get(referrer))
                .userAgent(document.get(agent))
                .read(context, this);
    }

    private static Platform platform(@Nullable String os) {
        if (os == null) {
            return Platform.UNKNOWN;
        }
        return os.startsWith("Win")
                ? Platform.WINDOWS
                : os.startsWith("Mac") ? Platform.MACOS : os.startsWith("Linux") ? Platform.LINUX : Platform.UNKNOWN;
    }
}
