package io.clicktrail.streams.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A registry behind HTTPS and basic authentication: a real server with a real certificate in front of the real
 * registry.
 */
public final class SecureProxy implements AutoCloseable {

    public static final String USER = "ann";
    public static final String PASSWORD = "correct-horse-battery";
    private static final String STORE_PASSWORD = "staple-store";
    private static final String CLIENT = "client.p12";

    /** What the proxy asks of a client. */
    public enum Demand {
        PASSWORD,
        /** A bearer token, {@link #TOKEN}. */
        TOKEN,
        /** The certificate in {@link #keystore}. */
        CERTIFICATE
    }

    public static final String TOKEN = "token-of-the-registry";

    private final HttpsServer server;
    private final Demand demand;
    private final Path folder;
    private final String registryUrl;
    private final Path truststore;
    private final HttpClient client = HttpClient.newHttpClient();

    private SecureProxy(HttpsServer server, Demand demand, String registryUrl, Path folder, Path truststore) {
        this.server = server;
        this.demand = demand;
        this.folder = folder;
        this.registryUrl = registryUrl;
        this.truststore = truststore;
    }

    /** Starts one that asks for a password. */
    public static SecureProxy start(String registryUrl, Path folder) throws Exception {
        return start(registryUrl, folder, Demand.PASSWORD);
    }

    /** Starts it in front of a registry; keys and certificates are in the folder. */
    public static SecureProxy start(String registryUrl, Path folder, Demand demand) throws Exception {
        var keystore = folder.resolve("key.p12");
        var certificate = folder.resolve("certificate.pem");
        var truststore = folder.resolve("trust.p12");
        keytool("-genkeypair -alias registry -keyalg EC -dname CN=localhost -ext san=dns:localhost -validity 2"
                + " -storetype PKCS12 -keystore " + keystore);
        keytool("-exportcert -alias registry -rfc -file " + certificate + " -keystore " + keystore);
        keytool("-importcert -alias registry -noprompt -storetype PKCS12 -file " + certificate + " -keystore "
                + truststore);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        if (demand == Demand.CERTIFICATE) {
            keytool("-genkeypair -alias client -keyalg EC -dname CN=client -validity 2 -storetype PKCS12 -keystore "
                    + folder.resolve(CLIENT));
            keytool("-exportcert -alias client -rfc -file " + folder.resolve("client.pem") + " -keystore "
                    + folder.resolve(CLIENT));
            keytool("-importcert -alias client -noprompt -storetype PKCS12 -file " + folder.resolve("client.pem")
                    + " -keystore " + folder.resolve("clients.p12"));
        }
        server.setHttpsConfigurator(configurator(keystore, folder, demand));
        var proxy = new SecureProxy(server, demand, registryUrl, folder, truststore);
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

    /** The client's key and certificate, with the password of the truststore. */
    public Path keystore() {
        return folder.resolve(CLIENT);
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
        var body = exchange.getRequestBody().readAllBytes();
        if (!isKnown(exchange.getRequestHeaders().getFirst("Authorization"))) {
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

    private boolean isKnown(@Nullable String authorization) {
        return switch (demand) {
            case PASSWORD ->
                ("Basic "
                                + Base64.getEncoder()
                                        .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
                        .equals(authorization);
            case TOKEN -> ("Bearer " + TOKEN).equals(authorization);
            case CERTIFICATE -> true;
        };
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static HttpsConfigurator configurator(Path keystore, Path folder, Demand demand)
            throws GeneralSecurityException, IOException {
        if (demand != Demand.CERTIFICATE) {
            return new HttpsConfigurator(tls(keystore, null));
        }
        return new HttpsConfigurator(tls(keystore, folder.resolve("clients.p12"))) {
            @Override
            public void configure(HttpsParameters parameters) {
                var tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        };
    }

    private static SSLContext tls(Path keystore, @Nullable Path clients) throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keystore.toFile(), STORE_PASSWORD.toCharArray()), STORE_PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        TrustManager[] trust = null;
        if (clients != null) {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(KeyStore.getInstance(clients.toFile(), STORE_PASSWORD.toCharArray()));
            trust = factory.getTrustManagers();
        }
        context.init(keys.getKeyManagers(), trust, null);
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
