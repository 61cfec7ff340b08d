package io.clicktrail.normalizer.dns;

import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Network;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query in the log of a DNS server. The client may be another resolver.
 *
 * @param client the client's address
 * @param port the client's port
 * @param name the name asked for
 * @param type the record type
 * @param code the response code
 * @param resolved addresses in the answer
 */
record ServerQuery(
        String client,
        @Nullable String port,
        String name,
        String type,
        @Nullable String code,
        List<String> resolved) {

    Outcome read(String dataset, @Nullable EventTime time, RecordContext context, Format format) {
        String domain = Hosts.domainName(name);
        String ip = IpAddresses.canonical(client);
        if (domain == null || ip == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        EventDraft draft = new EventDraft(dataset, EventKind.DNS_QUERY)
                .time(time)
                .client(ip, Numbers.port(port), null)
                .network(new Network(null, "dns", "unknown", null, null))
                .dns(new Dns(domain, type, code, resolved));
        if (time == null) {
            context.undated(draft);
        }
        return context.event(draft, format);
    }
}
