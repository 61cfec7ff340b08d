package io.clicktrail.schemas;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the Confluent REST API, which Confluent's registry, Apicurio, Karapace and Redpanda serve.
 *
 * <p>A request goes to the addresses in turn until one answers. No connection, no answer in time and status 5xx or 429
 * are outages: after a round over all addresses the client waits and starts another round, at most {@link
 * Options#retries()} times. The pause starts at 100 ms and doubles up to {@link Options#backoffMax()}; half of it is
 * random, so that clients which lost the registry together do not come back together. Any other status is final.
 *
 * <p>Cost: one request for {@link #schemaOf}, and for {@link #idOf} one for a known schema and four to register a new
 * one. Nothing is cached here; {@link RegistrySerdes} asks once per id and topic. A call blocks for at most (retries +
 * 1) × addresses × (connect timeout + read timeout) plus the pauses.
 *
 * <p>Source: <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Schema Registry
 * API</a>, <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And
 * Jitter</a> ("equal jitter").
 */
public final class HttpSchemaRegistry implements SchemaRegistry, AutoCloseable {

    /**
     * Connection to the registry.
     *
     * @param addresses base addresses, at least one, tried in turn
     * @param autoRegister whether unknown schemas are registered, with compatibility FULL_TRANSITIVE; otherwise they
     *     are an error
     * @param credentials how we authenticate, beside a certificate in the TLS context
     * @param tls TLS context; the JDK's default if absent
     * @param connectTimeout longest wait for a connection
     * @param readTimeout longest wait for an answer
     * @param retries rounds over all addresses after the first, from 0
     * @param backoffMax longest pause between two rounds
     */
    public record Options(
            List<URI> addresses,
            boolean autoRegister,
            @Nullable Credentials credentials,
            @Nullable SSLContext tls,
            Duration connectTimeout,
            Duration readTimeout,
            int retries,
            Duration backoffMax) {

        public Options {
            addresses = List.copyOf(addresses);
        }

        /** The same connection for one who registers schemas. */
        public Options registering() {
            return new Options(addresses, true, credentials, tls, connectTimeout, readTimeout, retries, backoffMax);
        }
    }

    /** How a request says who we are. */
    public sealed interface Credentials {

        /** Value of the header {@code Authorization}. */
        String header() throws IOException;
    }

    /** A bearer token, read again for each request, since whoever issues it puts a new one in its place. */
    public record Token(Path file) implements Credentials {

        @Override
        public String header() throws IOException {
            return "Bearer " + Files.readString(file).strip();
        }
    }

    /** User and password for basic authentication. */
    public record Password(String user, String password) implements Credentials {

        @Override
        public String header() {
            var plain = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(plain);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Password[" + user + "]";
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(HttpSchemaRegistry.class);

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MAX_ANSWER_CHARS = 300;

    private final Options options;
    private @Nullable HttpClient client;
    private final JsonMapper json = JsonMapper.shared();

    public HttpSchemaRegistry(Options options) {
        this.options = options;
    }

    @Override
    public int idOf(String subject, Schema schema) {
        var body = json.createObjectNode().put("schema", schema.toString()).toString();
        var path = "/subjects/" + encode(subject);
        var known = ask("look up the schema of subject " + subject, "POST", path, body);
        if (known.status() != NOT_FOUND || !options.autoRegister()) {
            return id(known);
        }
        requireFull(subject);
        int id = id(ask("register the schema of subject " + subject, "POST", path + "/versions", body));
        // Some registries drop the compatibility of a subject that did not exist yet.
        requireFull(subject);
        return id;
    }

    @Override
    public Schema schemaOf(int id) {
        var answer = ask("fetch schema " + id, "GET", "/schemas/ids/" + id, null);
        if (answer.status() == NOT_FOUND) {
            throw new SerializationException("The registry does not know schema " + id + ": " + answer.summary());
        }
        try {
            return new Schema.Parser().parse(parse(answer).path("schema").stringValue(""));
        } catch (SchemaParseException e) {
            throw new SerializationException("Schema " + id + " of the registry is not an Avro schema", e);
        }
    }

    /** Where a schema stands at the registry. */
    public enum Standing {
        REGISTERED,
        ACCEPTABLE,
        REFUSED
    }

    /**
     * Whether a schema is registered under a subject, and if not, whether it may follow the last one there. Nothing is
     * registered.
     *
     * @throws RegistryException if the registry does not answer
     */
    public Standing standing(String subject, Schema schema) {
        var body = json.createObjectNode().put("schema", schema.toString()).toString();
        var path = "/subjects/" + encode(subject);
        if (ask("look up the schema of subject " + subject, "POST", path, body).isGood()) {
            return Standing.REGISTERED;
        }
        var answer = ask(
                "compare the schema of subject " + subject, "POST", "/compatibility" + path + "/versions/latest", body);
        return answer.status() == NOT_FOUND
                        || parse(answer).path("is_compatible").booleanValue(false)
                ? Standing.ACCEPTABLE
                : Standing.REFUSED;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    /**
     * Created on first use: it loads the JDK's trust store even for an address without TLS, which would slow down each
     * start.
     */
    private synchronized HttpClient client() {
        if (client == null) {
            var builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(options.connectTimeout());
            if (options.tls() != null) {
                builder.sslContext(options.tls());
            }
            client = builder.build();
        }
        return client;
    }

    /** A registry may refuse this to clients; then the compatibility that its administrators set applies. */
    private void requireFull(String subject) {
        var answer = ask(
                "set the compatibility of subject " + subject,
                "PUT",
                "/config/" + encode(subject),
                "{\"compatibility\": \"FULL_TRANSITIVE\"}");
        if (!answer.isGood()) {
            LOG.atWarn()
                    .addKeyValue("subject", subject)
                    .addKeyValue("status", answer.status())
                    .log("The registry does not let us set the compatibility of a subject; its own setting applies");
        }
    }

    private Answer ask(String what, String method, String path, @Nullable String body) {
        var pause = FIRST_PAUSE;
        for (int round = 0; ; round++) {
            @Nullable Exception failure = null;
            @Nullable Answer busy = null;
            for (var address : options.addresses()) {
                try {
                    var answer = new Answer(what, address, send(address, method, path, body));
                    if (!answer.isOutage()) {
                        return answer;
                    }
                    busy = answer;
                } catch (IOException e) {
                    failure = e;
                }
            }
            if (round == options.retries()) {
                throw unreachable(what, busy, failure);
            }
            backOff(pause);
            pause = pause.multipliedBy(2).compareTo(options.backoffMax()) < 0
                    ? pause.multipliedBy(2)
                    : options.backoffMax();
        }
    }

    private RegistryException unreachable(String what, @Nullable Answer busy, @Nullable Exception failure) {
        var reason = busy != null ? busy.summary() : String.valueOf(failure);
        var message = "Can't " + what + " at " + options.addresses() + ": " + reason;
        return failure == null ? new RegistryException(message) : new RegistryException(message, failure);
    }

    private HttpResponse<String> send(URI address, String method, String path, @Nullable String body)
            throws IOException {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(withoutSlash(address.toString()) + path))
                .timeout(options.readTimeout())
                .header("Accept", MEDIA_TYPE + ", application/json")
                .header("Content-Type", MEDIA_TYPE)
                .method(method, publisher);
        if (options.credentials() != null) {
            request.header("Authorization", options.credentials().header());
        }
        try {
            return client().send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void backOff(Duration pause) {
        long half = pause.toMillis() / 2;
        try {
            client().awaitTermination(
                            Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("Interrupted while waiting for the registry", e);
        }
    }

    private int id(Answer answer) {
        var id = parse(answer).path("id");
        if (!id.isInt()) {
            throw new RegistryException("Can't " + answer.what() + ": no id, " + answer.summary());
        }
        return id.intValue();
    }

    private JsonNode parse(Answer answer) {
        if (!answer.isGood()) {
            throw new RegistryException("Can't " + answer.what() + ": " + answer.summary());
        }
        try {
            return json.readTree(answer.body());
        } catch (JacksonException e) {
            throw new RegistryException("Can't " + answer.what() + ": no JSON, " + answer.summary(), e);
        }
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private record Answer(String what, URI address, int status, String body) {

        Answer(String what, URI address, HttpResponse<String> response) {
            this(what, address, response.statusCode(), response.body());
        }

        boolean isGood() {
            return status / 100 == 2;
        }

        boolean isOutage() {
            return status >= 500 || status == TOO_MANY_REQUESTS;
        }

        String summary() {
            var text = body.length() > MAX_ANSWER_CHARS ? body.substring(0, MAX_ANSWER_CHARS) : body;
            return address + " answered " + status + " " + text;
        }
    }
}
