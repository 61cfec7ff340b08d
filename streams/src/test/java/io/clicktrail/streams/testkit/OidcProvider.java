package io.clicktrail.streams.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small OpenID Connect provider: discovery, authorization code flow, client credentials, signed tokens. Whoever
 * {@link #next} names is signed in without being asked.
 */
public final class OidcProvider implements AutoCloseable {

    /** Secret of every client. */
    public static final String CLIENT_SECRET = "horse-of-the-client";

    private static final long LIFETIME_SECONDS = 300;
    private static final String KEY_ID = "test";

    private final HttpServer server;
    private final KeyPair keys;
    private final Map<String, Map<String, Object>> issued = new ConcurrentHashMap<>();
    private volatile Map<String, Object> next = Map.of();

    private OidcProvider(HttpServer server, KeyPair keys) {
        this.server = server;
        this.keys = keys;
    }

    /** Starts it on a free port of the loopback address. */
    public static OidcProvider start() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var provider = new OidcProvider(server, generator.generateKeyPair());
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, provider.discovery()));
        server.createContext("/keys", exchange -> answer(exchange, provider.published()));
        server.createContext("/authorize", provider::authorize);
        server.createContext("/token", provider::token);
        server.start();
        return provider;
    }

    /** Who signs in next, with roles in the claim {@code roles}. */
    public void next(String name, List<String> roles) {
        next = Map.of("sub", "id-of-" + name, "preferred_username", name, "roles", roles);
    }

    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Where clients get tokens. */
    public String tokenEndpoint() {
        return issuer() + "/token";
    }

    /** Where the public keys are. */
    public String keysEndpoint() {
        return issuer() + "/keys";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", tokenEndpoint(),
                "jwks_uri", keysEndpoint(),
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic"),
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private Map<String, Object> published() {
        var key = (RSAPublicKey) keys.getPublic();
        return Map.of(
                "keys",
                List.of(Map.of(
                        "kty",
                        "RSA",
                        "use",
                        "sig",
                        "alg",
                        "RS256",
                        "kid",
                        KEY_ID,
                        "n",
                        text(key.getModulus().toByteArray()),
                        "e",
                        text(key.getPublicExponent().toByteArray()))));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getRawQuery());
        var code = UUID.randomUUID().toString();
        var claims = new HashMap<>(next);
        claims.put("aud", asked.getOrDefault("client_id", ""));
        claims.put("nonce", asked.getOrDefault("nonce", ""));
        issued.put(code, claims);
        var back = asked.get("redirect_uri") + "?code=" + code + "&state="
                + URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", URI.create(back).toString());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        var asked = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var client = client(exchange.getRequestHeaders().getFirst("Authorization"));
        if (client == null) {
            answer(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", signed(Map.of("sub", client, "aud", "kafka", "scope", "kafka")));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", LIFETIME_SECONDS);
        if ("authorization_code".equals(asked.get("grant_type"))) {
            var claims = issued.remove(asked.getOrDefault("code", ""));
            answer.put("id_token", signed(Objects.requireNonNull(claims, "no such code")));
        }
        answer(exchange, answer);
    }

    /** Name of a client that knows the secret. */
    private static @Nullable String client(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return null;
        }
        var both = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8)
                .split(":", 2);
        return both.length == 2 && decoded(both[1]).equals(CLIENT_SECRET) ? decoded(both[0]) : null;
    }

    private String signed(Map<String, Object> claims) {
        var all = new LinkedHashMap<>(claims);
        long now = Instant.now().getEpochSecond();
        all.put("iss", issuer());
        all.put("iat", now);
        all.put("exp", now + LIFETIME_SECONDS);
        all.put("jti", UUID.randomUUID().toString());
        var said = text(json(Map.of("alg", "RS256", "typ", "JWT", "kid", KEY_ID))) + "." + text(json(all));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(said.getBytes(StandardCharsets.US_ASCII));
            return said + "." + text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        var all = new HashMap<String, String>();
        for (var pair : (query == null ? "" : query).split("&")) {
            var both = pair.split("=", 2);
            all.put(decoded(both[0]), both.length == 2 ? decoded(both[1]) : "");
        }
        return all;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static byte[] json(Map<String, Object> value) {
        return JsonMapper.shared().writeValueAsBytes(value);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void answer(HttpExchange exchange, Map<String, Object> value) throws IOException {
        answer(exchange, 200, value);
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> value) throws IOException {
        var body = json(value);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
