package io.clicktrail.normalizer.normalized;

import io.clicktrail.event.Dns;
import io.clicktrail.event.Email;
import io.clicktrail.event.Http;
import io.clicktrail.event.Network;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Mails;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What all normalized documents have of connections, requests, queries, mail and alerts: one table of places by
 * schema.
 */
final class NormalizedFacts {

    private final int[] slots = new int[Fact.values().length];

    private NormalizedFacts(JsonPaths paths, boolean isEcs) {
        for (Fact fact : Fact.values()) {
            slots[fact.ordinal()] = paths.field(isEcs ? fact.ecs : fact.ocsf);
        }
    }

    static NormalizedFacts ecs(JsonPaths paths) {
        return new NormalizedFacts(paths, true);
    }

    static NormalizedFacts ocsf(JsonPaths paths) {
        return new NormalizedFacts(paths, false);
    }

    private @Nullable String get(JsonFields document, Fact fact) {
        return document.get(slots[fact.ordinal()]);
    }

    private List<String> all(JsonFields document, Fact fact) {
        return document.all(slots[fact.ordinal()]);
    }

    @Nullable
    String clientIp(JsonFields document) {
        String ip = IpAddresses.canonical(get(document, Fact.CLIENT_IP));
        return ip == null ? IpAddresses.canonical(get(document, Fact.SOURCE_IP)) : ip;
    }

    @Nullable
    String destinationIp(JsonFields document) {
        return IpAddresses.canonical(get(document, Fact.DESTINATION_IP));
    }

    /**
     * Sets client, destination and what is between them.
     *
     * @param protocol what is spoken, where the kind of the event says it
     * @param named whom the URL of the event points at
     */
    EventDraft connection(EventDraft draft, JsonFields document, @Nullable String protocol, @Nullable Authority named) {
        String clientName = get(document, Fact.CLIENT_NAME);
        String ip = named != null && named.ip() != null ? named.ip() : destinationIp(document);
        Integer port = named != null && named.port() != null
                ? named.port()
                : Numbers.port(get(document, Fact.DESTINATION_PORT));
        String domain = named == null ? Hosts.domainName(get(document, Fact.DESTINATION_NAME)) : named.domain();
        return draft.client(
                        clientIp(document),
                        Numbers.port(get(document, Fact.CLIENT_PORT)),
                        Hosts.domainName(clientName == null ? get(document, Fact.SOURCE_NAME) : clientName))
                .destination(ip, port, domain)
                .network(new Network(
                        lower(get(document, Fact.TRANSPORT)),
                        protocol == null ? lower(get(document, Fact.PROTOCOL)) : protocol,
                        direction(get(document, Fact.DIRECTION)),
                        Numbers.whole(get(document, Fact.BYTES)),
                        get(document, Fact.FLOW)));
    }

    Http request(JsonFields document) {
        return new Http(
                get(document, Fact.METHOD),
                get(document, Fact.REFERRER),
                Numbers.within(get(document, Fact.STATUS), 999),
                get(document, Fact.CONTENT_TYPE),
                get(document, Fact.USER_AGENT),
                Numbers.whole(get(document, Fact.RESPONSE_BYTES)));
    }

    /** The query, or null where it asks for no name. */
    @Nullable
    Dns query(JsonFields document) {
        String name = Hosts.domainName(get(document, Fact.QUERY_NAME));
        return name == null
                ? null
                : new Dns(
                        name,
                        get(document, Fact.QUERY_TYPE),
                        get(document, Fact.RESPONSE_CODE),
                        addresses(all(document, Fact.ANSWERS)));
    }

    boolean hasQuery(JsonFields document) {
        return document.has(slots[Fact.QUERY_NAME.ordinal()]);
    }

    Email email(JsonFields document, List<String> urls) {
        return Mails.of(
                Mailboxes.messageId(get(document, Fact.MESSAGE_ID)),
                get(document, Fact.MAIL_FROM),
                all(document, Fact.MAIL_TO),
                get(document, Fact.MAIL_SUBJECT),
                get(document, Fact.MAIL_ID),
                urls);
    }

    SecurityAlert alert(JsonFields document, String title) {
        return new SecurityAlert(
                get(document, Fact.ALERT_ID), title, get(document, Fact.SEVERITY), all(document, Fact.TECHNIQUES));
    }

    /** The addresses among texts, each once. */
    static List<String> addresses(List<String> texts) {
        List<String> addresses = new ArrayList<>(texts.size());
        for (String text : texts) {
            String address = IpAddresses.canonical(text);
            if (address != null && !addresses.contains(address)) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private static String direction(@Nullable String name) {
        return switch (name == null ? "" : name.toLowerCase(Locale.ROOT)) {
            case "egress", "outbound" -> "egress";
            case "ingress", "inbound" -> "ingress";
            case "internal", "lateral" -> "internal";
            default -> "unknown";
        };
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** A fact and its place in both schemas. */
    private enum Fact {
        CLIENT_IP("client.ip", "src_endpoint.ip"),
        SOURCE_IP("source.ip", "src_endpoint.ip"),
        CLIENT_PORT("source.port", "src_endpoint.port"),
        CLIENT_NAME("client.domain", "src_endpoint.hostname"),
        SOURCE_NAME("source.domain", "src_endpoint.hostname"),
        DESTINATION_IP("destination.ip", "dst_endpoint.ip"),
        DESTINATION_PORT("destination.port", "dst_endpoint.port"),
        DESTINATION_NAME("destination.domain", "dst_endpoint.hostname"),
        TRANSPORT("network.transport", "connection_info.protocol_name"),
        PROTOCOL("network.protocol", "app_protocol_name"),
        DIRECTION("network.direction", "connection_info.direction"),
        BYTES("network.bytes", "traffic.bytes"),
        FLOW("network.community_id", "connection_info.uid"),
        METHOD("http.request.method", "http_request.http_method"),
        REFERRER("http.request.referrer", "http_request.referrer"),
        STATUS("http.response.status_code", "http_response.code"),
        CONTENT_TYPE("http.response.mime_type", "http_response.content_type"),
        USER_AGENT("user_agent.original", "http_request.user_agent"),
        RESPONSE_BYTES("http.response.body.bytes", "http_response.body_length"),
        QUERY_NAME("dns.question.name", "query.hostname"),
        QUERY_TYPE("dns.question.type", "query.type"),
        RESPONSE_CODE("dns.response_code", "rcode"),
        ANSWERS("dns.resolved_ip", "answers.rdata"),
        MESSAGE_ID("email.message_id", "email.message_uid"),
        MAIL_FROM("email.from.address", "email.from"),
        MAIL_TO("email.to.address", "email.to"),
        MAIL_SUBJECT("email.subject", "email.subject"),
        MAIL_ID("email.local_id", "email.uid"),
        ALERT_ID("rule.id", "finding_info.uid"),
        SEVERITY("event.severity", "severity"),
        TECHNIQUES("threat.technique.id", "finding_info.attacks.technique.uid");

        private final String ecs;
        private final String ocsf;

        Fact(String ecs, String ocsf) {
            this.ecs = ecs;
            this.ocsf = ocsf;
        }
    }
}
