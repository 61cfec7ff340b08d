package io.clicktrail.streams.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A registry behind HTTPS and basic authentication: a real server with a real certificate in front of the real
 * registry.
 */
public final class SecureProxy implements AutoCloseable {

    public static final String USER = "ann";
    public static final String PASSWORD = "correct-horse-battery";
    private static final String STORE_PASSWORD = "staple-store";

    private final HttpsServer server;
    private final String registryUrl;
    private final Path truststore;
    private final HttpClient client = HttpClient.newHttpClient();

    private SecureProxy(HttpsServer server, String registryUrl, Path truststore) {
        this.server = server;
        this.registryUrl = registryUrl;
        this.truststore = truststore;
    }

    /** Starts it in front of a registry; keys and certificates lie in the folder. */
    public static SecureProxy start(String registryUrl, Path folder) throws Exception {
        var keystore = folder.resolve("key.p12");
        var certificate = folder.resolve("certificate.pem");
        var truststore = folder.resolve("trust.p12");
        keytool("-genkeypair -alias registry -keyalg EC -dname CN=localhost -ext san=dns:localhost -validity 2"
                + " -storetype PKCS12 -keystore " + keystore);
        keytool("-exportcert -alias registry -rfc -file " + certificate + " -keystore " + keystore);
        keytool("-importcert -alias registry -noprompt -storetype PKCS12 -file " + certificate + " -keystore "
                + truststore);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(keystore)));
        var proxy = new SecureProxy(server, registryUrl, truststore);
        server.createContext("/", proxy::forward);
        server.start();
        return proxy;
    }

    /** Base address of the Confluent API behind it. */
    public String url() {
        return "https://localhost:" + server.getAddress().getPort()
                + URI.create(registryUrl).getPath();
    }

    public Path truststore() {
        return truststore;
    }

    public static String truststorePassword() {
        return STORE_PASSWORD;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void forward(HttpExchange exchange) throws IOException {
        var expected = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var body = exchange.getRequestBody().readAllBytes();
        if (!("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"message\": \"Unauthorized\"}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        var target = URI.create(registryUrl).resolve(exchange.getRequestURI().toString());
        var request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static SSLContext tls(Path keystore) throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keystore.toFile(), STORE_PASSWORD.toCharArray()), STORE_PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String arguments) throws IOException, InterruptedException {
        var command = (Path.of(System.getProperty("java.home"), "bin", "keytool") + " " + arguments + " -storepass "
                        + STORE_PASSWORD)
                .split(" ");
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool says " + output);
        }
    }
}
