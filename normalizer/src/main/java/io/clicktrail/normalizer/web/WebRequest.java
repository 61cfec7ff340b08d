package io.clicktrail.normalizer.web;

import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Http;
import io.clicktrail.event.Network;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request in a proxy's row or a sensor's record, and the one mapping of it to an event.
 *
 * <p>CONNECT asks for a connection to a host, so that it has a destination and no URL. A URL without scheme, as Zscaler
 * and PAN-OS write it, gets the one that its row or its port implies. A request that a sensor saw on its way to a proxy
 * goes to the host that it names, not to the proxy's address.
 */
public final class WebRequest {

    /** Tag of a request that went through a proxy. */
    public static final String PROXIED = "proxied";

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final String HTTP = "http";
    private static final String HTTPS = "https";

    private final EventDraft draft;
    private final Witness witness;
    private @Nullable String clientIp;
    private @Nullable String clientName;
    private @Nullable Integer clientPort;
    private @Nullable String serverIp;
    private @Nullable Integer serverPort;
    private @Nullable String method;
    private @Nullable String scheme;
    private @Nullable String host;
    private @Nullable String uri;
    private @Nullable Integer status;
    private @Nullable String referrer;
    private @Nullable String mimeType;
    private @Nullable String userAgent;
    private @Nullable Long bytes;
    private @Nullable String flow;
    private String direction;
    private boolean isBehindProxy;

    private WebRequest(EventDraft draft, Witness witness, String direction) {
        this.draft = draft;
        this.witness = witness;
        this.direction = direction;
    }

    /** What one reports who may be of any kind. */
    public static WebRequest of(EventDraft draft, Witness witness) {
        return switch (witness) {
            case PROXY -> ofProxy(draft);
            case SENSOR -> onTheWire(draft);
            case FIREWALL -> atFirewall(draft);
        };
    }

    /** A row of a proxy's own log. */
    public static WebRequest ofProxy(EventDraft draft) {
        return new WebRequest(draft, Witness.PROXY, "egress").behindProxy();
    }

    /** A request that a sensor saw pass by: one with a whole URL is on its way to a proxy. */
    public static WebRequest onTheWire(EventDraft draft) {
        return new WebRequest(draft, Witness.SENSOR, "unknown");
    }

    /** A request that a firewall let through or stopped; it may write whole URLs by itself. */
    public static WebRequest atFirewall(EventDraft draft) {
        return new WebRequest(draft, Witness.FIREWALL, "unknown");
    }

    /** Who asked; a text that is no address is a name. */
    public WebRequest client(@Nullable String address, @Nullable String port) {
        clientIp = IpAddresses.canonical(address);
        clientName = clientIp == null ? Hosts.domainName(address) : null;
        clientPort = Numbers.port(port);
        return this;
    }

    /** The account in any of the usual forms, also with Squid's and Zscaler's percent escapes. */
    public WebRequest user(@Nullable String account) {
        draft.user(Users.of(account == null ? null : Percent.decoded(account)));
        return this;
    }

    /** The address that was contacted: by the proxy where this is its log, else by the client. */
    public WebRequest server(@Nullable String address, @Nullable String port) {
        serverIp = IpAddresses.canonical(address);
        serverPort = Numbers.port(port);
        return this;
    }

    public WebRequest method(@Nullable String value) {
        String text = Placeholders.absent(value);
        method = text == null ? null : text.toUpperCase(Locale.ROOT);
        return this;
    }

    /** The scheme or the protocol that implies it. */
    public WebRequest scheme(@Nullable String value) {
        String text = Placeholders.absent(value);
        scheme = text == null ? null : text.toLowerCase(Locale.ROOT);
        return this;
    }

    /**
     * What was asked for: a URL with or without scheme, {@code host:port} for CONNECT, or a path where the host is
     * given too.
     */
    public WebRequest uri(@Nullable String value) {
        uri = Placeholders.absent(value);
        return this;
    }

    /** The host that was asked, where {@link #uri} is only a path. */
    public WebRequest host(@Nullable String value) {
        host = Placeholders.absent(value);
        return this;
    }

    public WebRequest status(@Nullable String code) {
        Integer number = Numbers.within(code, 999);
        status = number == null || number == 0 ? null : number;
        return this;
    }

    public WebRequest referrer(@Nullable String value) {
        referrer = Placeholders.absent(value);
        return this;
    }

    public WebRequest mimeType(@Nullable String value) {
        mimeType = Placeholders.absent(value);
        return this;
    }

    public WebRequest userAgent(@Nullable String value) {
        userAgent = Placeholders.absent(value);
        return this;
    }

    /** Bytes of the response. */
    public WebRequest bytes(@Nullable String value) {
        bytes = Numbers.whole(value);
        return this;
    }

    /** The sensor's id of the connection. */
    public WebRequest flow(@Nullable String value) {
        flow = value;
        return this;
    }

    /** egress, ingress, internal or unknown. */
    public WebRequest direction(String value) {
        direction = value;
        return this;
    }

    /** The request went through a proxy. */
    public WebRequest behindProxy() {
        isBehindProxy = true;
        return this;
    }

    public WebRequest outcome(EventOutcome value) {
        draft.outcome(value);
        return this;
    }

    /** The event; rejected where the request names no host. */
    public Outcome read(RecordContext context, Format format) {
        boolean isConnect = "CONNECT".equals(method) && !isPageUrl();
        boolean isAbsolute = uri != null && Authority.hasScheme(uri);
        Authority named = isConnect ? Authority.ofUrl(tunnel()) : page(isAbsolute, context);
        if (named == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        boolean isToProxy = switch (witness) {
            case PROXY -> false;
            case SENSOR -> isConnect || isAbsolute;
            case FIREWALL -> isConnect;
        };
        if (isBehindProxy || isToProxy) {
            draft.tag(PROXIED);
        }
        String ip = named.ip() != null || isToProxy ? named.ip() : serverIp;
        Integer port = named.port() != null || isToProxy ? named.port() : serverPort;
        draft.client(clientIp, clientPort, clientName)
                .destination(ip, port, named.domain())
                .network(new Network("tcp", isConnect ? null : HTTP, direction, null, flow))
                .http(new Http(method, referrer, status, mimeType, userAgent, bytes));
        return context.event(draft, format);
    }

    /** Sets the URL; whom it points at. */
    private @Nullable Authority page(boolean isAbsolute, RecordContext context) {
        String url;
        if (uri != null && isAbsolute) {
            url = uri;
        } else if (host != null) {
            url = built(host);
        } else if (uri != null && !uri.startsWith("/")) {
            url = schemeOr(serverPort) + "://" + uri;
        } else if (serverIp != null) {
            url = built(serverIp.indexOf(':') >= 0 ? "[" + serverIp + "]" : serverIp);
        } else {
            return null;
        }
        if (url.length() > context.limits().fieldChars()) {
            url = url.substring(0, context.limits().fieldChars());
            draft.tag(RecordContext.TRUNCATED);
        }
        draft.url(url);
        return Authority.ofUrl(url);
    }

    /**
     * The URL of a host and a path. Sensors cut the port off the Host header: where the server's is not the usual one,
     * it is put back.
     */
    private String built(String server) {
        String usedScheme = schemeOr(serverPort);
        boolean hasPort = server.indexOf(':', server.lastIndexOf(']') + 1) >= 0;
        int usual = usedScheme.equals(HTTPS) ? HTTPS_PORT : HTTP_PORT;
        String authority = hasPort || serverPort == null || serverPort == usual ? server : server + ":" + serverPort;
        String path = uri == null ? "/" : uri.startsWith("/") ? uri : "/" + uri;
        return usedScheme + "://" + authority + path;
    }

    private String schemeOr(@Nullable Integer port) {
        if (scheme != null) {
            return switch (scheme) {
                case HTTPS, "ssl", "tls", "quic", "ssl/tls", "http_proxy_ssl" -> HTTPS;
                case "ftp" -> "ftp";
                default -> HTTP;
            };
        }
        return port != null && port == HTTPS_PORT ? HTTPS : HTTP;
    }

    /** CONNECT with a whole URL is how some proxies log what they saw inside the tunnel. */
    private boolean isPageUrl() {
        return uri != null && (uri.startsWith("http://") || uri.startsWith("https://"));
    }

    /** The {@code host:port} of a CONNECT, without the scheme and the slash that some proxies add. */
    private String tunnel() {
        if (uri == null || uri.startsWith("/")) {
            return host == null ? "" : host;
        }
        int from = Authority.hasScheme(uri) ? uri.indexOf("://") + 3 : 0;
        int slash = uri.indexOf('/', from);
        return uri.substring(from, slash < 0 ? uri.length() : slash);
    }

    /** Who reports the request. */
    public enum Witness {
        PROXY,
        SENSOR,
        FIREWALL
    }
}
