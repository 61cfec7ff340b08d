package io.clicktrail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clicktrail.schemas.HttpSchemaRegistry.Credentials;
import io.clicktrail.schemas.HttpSchemaRegistry.Password;
import io.clicktrail.schemas.HttpSchemaRegistry.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {

    private static final Schema SCHEMA =
            SchemaBuilder.record("A").fields().requiredString("x").endRecord();
    private static final String SECRET = "correct-horse-battery";

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<@Nullable String> authorizations = new ArrayDeque<>();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final HttpServer server = newServer();

    private record Answer(int status, String body) {}

    @BeforeEach
    void startServer() {
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void looksUpBeforeItRegisters() {
        answer(200, "{\"subject\": \"t-value\", \"version\": 1, \"id\": 7}");

        assertThat(registry(true).idOf("t-value", SCHEMA)).isEqualTo(7);
        assertThat(requests).containsExactly("POST /subjects/t-value");
    }

    @Test
    void registersAnUnknownSchemaAsFullyCompatible() {
        answer(404, "{\"error_code\": 40403}");
        answer(200, "{}");
        answer(200, "{\"id\": 8}");
        answer(200, "{}");

        assertThat(registry(true).idOf("t-value", SCHEMA)).isEqualTo(8);
        assertThat(requests)
                .containsExactly(
                        "POST /subjects/t-value",
                        "PUT /config/t-value",
                        "POST /subjects/t-value/versions",
                        "PUT /config/t-value");
    }

    @Test
    void registersEvenWhereCompatibilityIsNotOurs() {
        answer(404, "{}");
        answer(403, "{}");
        answer(200, "{\"id\": 9}");
        answer(403, "{}");

        assertThat(registry(true).idOf("t-value", SCHEMA)).isEqualTo(9);
    }

    @Test
    void registersNothingWhereItMayOnlyLookUp() {
        answer(404, "{\"message\": \"Subject not found\"}");

        assertThatThrownBy(() -> registry(false).idOf("t-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("look up the schema of subject t-value")
                .hasMessageContaining(address())
                .hasMessageContaining("404 {\"message\": \"Subject not found\"}");
        assertThat(requests).hasSize(1);
    }

    @Test
    void doesNotRepeatWhatWasRefused() {
        answer(404, "{}");
        answer(200, "{}");
        answer(409, "{\"message\": \"incompatible\"}");

        assertThatThrownBy(() -> registry(true).idOf("t-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("register the schema of subject t-value")
                .hasMessageContaining("409 {\"message\": \"incompatible\"}");
        assertThat(requests).hasSize(3);
    }

    @Test
    void repeatsWhatFailedByAnOutage() {
        answer(503, "busy");
        answer(429, "slow down");
        answer(200, "{\"id\": 7}");

        assertThat(registry(true).idOf("t-value", SCHEMA)).isEqualTo(7);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        for (int attempt = 0; attempt < 4; attempt++) {
            answer(500, "storage failed");
        }

        assertThatThrownBy(() -> registry(true).schemaOf(7))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("fetch schema 7")
                .hasMessageContaining("500 storage failed");
        assertThat(requests).hasSize(4);
    }

    @Test
    void triesTheNextAddress() throws IOException {
        answer(200, "{\"id\": 7}");

        var registry = registry(true, List.of(URI.create(deadAddress()), URI.create(address())), null);

        assertThat(registry.idOf("t-value", SCHEMA)).isEqualTo(7);
    }

    @Test
    void saysWhichRegistryCanNotBeReached() throws IOException {
        var dead = deadAddress();

        assertThatThrownBy(() -> registry(true, List.of(URI.create(dead)), null).idOf("t-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("subject t-value")
                .hasMessageContaining(dead);
    }

    @Test
    void doesNotWaitLongerThanItMay() {
        for (int attempt = 0; attempt < 4; attempt++) {
            answer(0, "");
        }
        var impatient = registry(true, List.of(URI.create(address())), null, Duration.ofMillis(300));

        assertThatThrownBy(() -> impatient.schemaOf(7))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("timed out");
    }

    @Test
    void keepsOddSubjectsInOnePathSegment() {
        answer(200, "{\"id\": 7}");

        registry(true).idOf("a/b c?d#é%-value", SCHEMA);

        assertThat(requests).containsExactly("POST /subjects/a%2Fb%20c%3Fd%23%C3%A9%25-value");
    }

    @Test
    void signsInAndKeepsThePasswordToItself() {
        answer(200, "{\"id\": 7}");
        answer(401, "{\"message\": \"Unauthorized\"}");
        var credentials = new Password("ann", SECRET);
        var registry = registry(true, List.of(URI.create(address())), credentials);

        registry.idOf("t-value", SCHEMA);

        assertThat(authorizations)
                .contains("Basic "
                        + Base64.getEncoder().encodeToString(("ann:" + SECRET).getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> registry.idOf("t-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("401")
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
        assertThat(credentials.toString()).doesNotContain(SECRET);
    }

    @Test
    void fetchesASchema() {
        answer(200, "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}");

        assertThat(registry(true).schemaOf(7)).isEqualTo(Schema.create(Schema.Type.STRING));
        assertThat(requests).containsExactly("GET /schemas/ids/7");
    }

    @Test
    void blamesTheRecordForAnUnknownId() {
        answer(404, "{\"message\": \"Schema not found\"}");

        assertThatThrownBy(() -> registry(true).schemaOf(7))
                .isInstanceOf(SerializationException.class)
                .isNotInstanceOf(RegistryException.class)
                .hasMessageContaining("does not know schema 7");
    }

    @Test
    void doesNotTakeAnythingElseForAnAnswer() {
        answer(200, "<html>log in</html>");
        answer(200, "{\"no\": \"id\"}");

        assertThatThrownBy(() -> registry(true).idOf("t-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("<html>log in</html>");
        assertThatThrownBy(() -> registry(true).idOf("t-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("no id");
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    private String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static String deadAddress() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://localhost:" + socket.getLocalPort();
        }
    }

    private HttpSchemaRegistry registry(boolean autoRegister) {
        return registry(autoRegister, List.of(URI.create(address())), null);
    }

    private static HttpSchemaRegistry registry(
            boolean autoRegister, List<URI> addresses, @Nullable Credentials credentials) {
        return registry(autoRegister, addresses, credentials, Duration.ofSeconds(20));
    }

    private static HttpSchemaRegistry registry(
            boolean autoRegister, List<URI> addresses, @Nullable Credentials credentials, Duration readTimeout) {
        return new HttpSchemaRegistry(new Options(
                addresses,
                autoRegister,
                credentials,
                null,
                Duration.ofSeconds(20),
                readTimeout,
                3,
                Duration.ofMillis(200)));
    }

    /** Gives the next answer; status 0 means no answer at all. */
    private void serve(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        exchange.getRequestBody().readAllBytes();
        var answer = answers.remove();
        if (answer.status() != 0) {
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }
    }

    private static HttpServer newServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
