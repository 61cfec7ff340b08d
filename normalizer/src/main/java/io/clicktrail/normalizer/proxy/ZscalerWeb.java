package io.clicktrail.normalizer.proxy;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.fields.Fields;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.web.WebRequest;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a web transaction of Zscaler Internet Access says (help.zscaler.com, NSS Feed Output Format: Web Logs), whatever
 * the feed writes it as. The URL has no scheme; the client's address is the private one where the feed has it; the
 * device is the endpoint itself.
 */
final class ZscalerWeb {

    static final String DATASET = "zscaler.web";

    final int product;
    final int vendor;
    final int eventId;
    private final int time;
    private final int dateTime;
    private final int epoch;
    private final int zone;
    private final int user;
    private final int login;
    private final int clientIp;
    private final int publicIp;
    private final int serverIp;
    private final int protocol;
    private final int method;
    final int url;
    private final int referrer;
    private final int agent;
    private final int status;
    private final int responseSize;
    private final int contentType;
    private final int action;
    private final int deviceHost;
    private final int deviceName;
    private final int deviceOs;

    ZscalerWeb(ToIntFunction<String> slots) {
        product = slots.applyAsInt("product");
        vendor = slots.applyAsInt("vendor");
        eventId = slots.applyAsInt("event_id");
        time = slots.applyAsInt("time");
        dateTime = slots.applyAsInt("datetime");
        epoch = slots.applyAsInt("epochtime");
        zone = slots.applyAsInt("tz");
        user = slots.applyAsInt("user");
        login = slots.applyAsInt("login");
        clientIp = slots.applyAsInt("ClientIP");
        publicIp = slots.applyAsInt("clientpublicIP");
        serverIp = slots.applyAsInt("serverip");
        protocol = slots.applyAsInt("protocol");
        method = slots.applyAsInt("requestmethod");
        url = slots.applyAsInt("url");
        referrer = slots.applyAsInt("refererURL");
        agent = slots.applyAsInt("useragent");
        status = slots.applyAsInt("status");
        responseSize = slots.applyAsInt("responsesize");
        contentType = slots.applyAsInt("contenttype");
        action = slots.applyAsInt("action");
        deviceHost = slots.applyAsInt("devicehostname");
        deviceName = slots.applyAsInt("devicename");
        deviceOs = slots.applyAsInt("deviceostype");
    }

    /** @param stamp the time in front of the pairs, where the feed puts it there */
    Outcome read(Fields row, @Nullable String stamp, RecordContext context, Format format) {
        EventDraft draft = new EventDraft(DATASET, EventKind.HTTP_REQUEST).time(time(row, stamp, context));
        if (row.has(eventId)) {
            draft.identity("zscaler", row.get(eventId));
        }
        if (row.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        String address = row.has(clientIp) ? row.get(clientIp) : row.get(publicIp);
        draft.host(Hosts.of(
                row.has(deviceHost) ? row.get(deviceHost) : row.get(deviceName),
                platform(row.get(deviceOs)),
                IpAddresses.canonical(row.get(clientIp))));
        return WebRequest.ofProxy(draft)
                .client(address, null)
                .server(row.get(serverIp), null)
                .user(row.has(user) ? row.get(user) : row.get(login))
                .method("NA".equals(row.get(method)) ? null : row.get(method))
                .scheme(row.get(protocol))
                .uri(row.get(url))
                .referrer(row.get(referrer))
                .mimeType(row.get(contentType))
                .userAgent(row.get(agent))
                .status(row.get(status))
                .bytes(row.get(responseSize))
                .outcome(Actions.outcome(row.get(action)))
                .read(context, format);
    }

    private @Nullable EventTime time(Fields row, @Nullable String stamp, RecordContext context) {
        EventTime seconds = EventTime.epoch(row.get(epoch));
        if (seconds != null) {
            return seconds;
        }
        String text = row.has(dateTime) ? row.get(dateTime) : row.has(time) ? row.get(time) : stamp;
        return context.time(text, row.get(zone));
    }

    private static Platform platform(@Nullable String os) {
        if (os == null) {
            return Platform.UNKNOWN;
        }
        return os.startsWith("Windows")
                ? Platform.WINDOWS
                : os.startsWith("MAC") || os.startsWith("Mac") ? Platform.MACOS : Platform.UNKNOWN;
    }
}
