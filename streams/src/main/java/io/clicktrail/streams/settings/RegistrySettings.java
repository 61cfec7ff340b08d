package io.clicktrail.streams.settings;

import static io.clicktrail.streams.settings.Setting.require;

import io.clicktrail.schemas.HttpSchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Connection to the schema registry.
 *
 * @param url addresses of the Confluent REST API, tried in turn; for Apicurio they end in /apis/ccompat/v7
 * @param autoRegister whether schemas are registered; otherwise they are only looked up and must exist
 * @param username user for basic authentication; needs password or passwordFile
 * @param password password for basic authentication
 * @param passwordFile file whose first line is the password
 * @param tokenFile file with a bearer token, read for every request; in place of username and password
 * @param truststore trusted certificate authorities; those of the JDK if absent
 * @param keystore client certificate and key, if the registry asks for one
 * @param connectTimeout longest wait for a connection, 1 ms to 5 min
 * @param readTimeout longest wait for an answer, 1 ms to 5 min
 * @param retries further attempts after the first on outage, 0-100
 * @param backoffMax longest pause between two attempts, 1 ms to 5 min
 */
@ConfigurationProperties(prefix = "clicktrail.registry", ignoreUnknownFields = false)
public record RegistrySettings(
        @DefaultValue("http://localhost:8081") List<URI> url,
        @DefaultValue("true") boolean autoRegister,
        @Nullable String username,
        @Nullable String password,
        @Nullable Path passwordFile,
        @Nullable Path tokenFile,
        @Nullable Store truststore,
        @Nullable Store keystore,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration readTimeout,
        @DefaultValue("3") int retries,
        @DefaultValue("2s") Duration backoffMax) {

    private static final Duration MAX_DURATION = Duration.ofMinutes(5);

    public RegistrySettings {
        require(!url.isEmpty(), "clicktrail.registry.url", url, "at least one http or https address");
        for (var address : url) {
            require(
                    address.getHost() != null && List.of("http", "https").contains(address.getScheme()),
                    "clicktrail.registry.url",
                    address.getScheme() + "://…",
                    "an http or https address");
            require(
                    address.getUserInfo() == null,
                    "clicktrail.registry.url",
                    address.getScheme() + "://…@" + address.getHost(),
                    "free of credentials, which belong in username and password-file");
        }
        require(
                password == null || passwordFile == null,
                "clicktrail.registry.password-file",
                String.valueOf(passwordFile),
                "absent where password is set");
        require(
                (username == null) == (password == null && passwordFile == null),
                "clicktrail.registry.username",
                String.valueOf(username),
                "set together with password or password-file");
        require(
                tokenFile == null || username == null,
                "clicktrail.registry.token-file",
                String.valueOf(tokenFile),
                "absent where username is set");
        require(
                tokenFile == null || Files.isReadable(tokenFile),
                "clicktrail.registry.token-file",
                String.valueOf(tokenFile),
                "a readable file");
        requireWithin(connectTimeout, "clicktrail.registry.connect-timeout");
        requireWithin(readTimeout, "clicktrail.registry.read-timeout");
        requireWithin(backoffMax, "clicktrail.registry.backoff-max");
        require(retries >= 0 && retries <= 100, "clicktrail.registry.retries", retries, "0 to 100");
        if (passwordFile != null) {
            password = firstLine("clicktrail.registry.password-file", passwordFile);
        }
        url = List.copyOf(url);
    }

    private static void requireWithin(Duration value, String key) {
        require(value.isPositive() && value.compareTo(MAX_DURATION) <= 0, key, value, "above 0 and at most 5 minutes");
    }

    private static String firstLine(String key, Path file) {
        require(Files.isReadable(file), key, file, "a readable file");
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpSchemaRegistry.Options toOptions() {
        return new HttpSchemaRegistry.Options(
                url,
                autoRegister,
                credentials(),
                RegistryTls.of(truststore, keystore),
                connectTimeout,
                readTimeout,
                retries,
                backoffMax);
    }

    private HttpSchemaRegistry.@Nullable Credentials credentials() {
        if (tokenFile != null) {
            return new HttpSchemaRegistry.Token(tokenFile);
        }
        return username == null || password == null ? null : new HttpSchemaRegistry.Password(username, password);
    }

    /** The same with the keys of Confluent's serializer and deserializer. */
    public Map<String, Object> toConfluent() {
        var configs = new HashMap<String, Object>();
        configs.put("schema.registry.url", url.stream().map(URI::toString).collect(Collectors.joining(",")));
        configs.put("auto.register.schemas", autoRegister);
        configs.put("specific.avro.reader", true);
        configs.put("avro.remove.java.properties", true);
        configs.put("http.connect.timeout.ms", connectTimeout.toMillis());
        configs.put("http.read.timeout.ms", readTimeout.toMillis());
        configs.put("max.retries", retries);
        configs.put("retries.max.wait.ms", backoffMax.toMillis());
        if (username != null && password != null) {
            configs.put("basic.auth.credentials.source", "USER_INFO");
            configs.put("basic.auth.user.info", username + ":" + password);
        }
        if (tokenFile != null) {
            configs.put("bearer.auth.credentials.source", "STATIC_TOKEN");
            configs.put("bearer.auth.token", firstLine("clicktrail.registry.token-file", tokenFile));
        }
        store(configs, "truststore", truststore);
        store(configs, "keystore", keystore);
        return configs;
    }

    private static void store(Map<String, Object> configs, String name, @Nullable Store store) {
        if (store != null) {
            configs.put(
                    "schema.registry.ssl." + name + ".location",
                    store.location().toString());
            if (store.password() != null) {
                configs.put("schema.registry.ssl." + name + ".password", store.password());
            }
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RegistrySettings[url=" + url + ", autoRegister=" + autoRegister + ", username=" + username + "]";
    }

    /**
     * A store of keys or certificates.
     *
     * @param location PKCS12 or JKS file
     * @param password password of the file and its keys
     */
    public record Store(Path location, @Nullable String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return "Store[" + location + "]";
        }
    }
}
