package io.clicktrail.deploy.service;

import io.clicktrail.local.FreePort;
import io.clicktrail.local.LocalBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker that lets in only whom it knows: mutual TLS on one listener, SASL_SSL with SCRAM and PLAIN on another, the
 * standard authorizer behind both. A third, plain listener is for the test itself.
 */
final class SecureBroker implements AutoCloseable {

    static final String STORE_PASSWORD = "staple-of-the-store";
    static final String USER_PASSWORD = "correct-horse-of-the-user";
    private static final int SCRAM_ITERATIONS = 4096;

    /** Those of SASL that it takes. */
    static final List<String> MECHANISMS = List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN");

    private final Path folder;
    private final LocalBroker broker;
    private final int tlsPort;
    private final int saslPort;

    private SecureBroker(Path folder, LocalBroker broker, int tlsPort, int saslPort) {
        this.folder = folder;
        this.broker = broker;
        this.tlsPort = tlsPort;
        this.saslPort = saslPort;
    }

    /**
     * Starts the broker with a certificate for each name that it trusts, and one each that it does not.
     *
     * @param trusted names of the clients' certificates
     */
    static SecureBroker start(Path folder, List<String> trusted, List<String> foreign) throws Exception {
        Files.createDirectories(folder);
        var names = new ArrayList<>(trusted);
        names.addAll(foreign);
        names.add("localhost");
        makeKeys(folder, names);
        trust(folder, "brokers", List.of("localhost"));
        trust(folder, "clients", trusted);
        int plain = FreePort.next();
        int controller = FreePort.next();
        int tls = FreePort.next();
        int sasl = FreePort.next();
        var extra = new HashMap<String, String>();
        extra.put(
                "listeners",
                "PLAINTEXT://localhost:" + plain + ",CONTROLLER://localhost:" + controller + ",SSL://localhost:" + tls
                        + ",SASL_SSL://localhost:" + sasl);
        extra.put(
                "advertised.listeners",
                "PLAINTEXT://localhost:" + plain + ",SSL://localhost:" + tls + ",SASL_SSL://localhost:" + sasl);
        extra.put(
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL");
        extra.put("controller.quorum.voters", "1@localhost:" + controller);
        extra.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        extra.put("super.users", "User:ANONYMOUS");
        extra.put("ssl.keystore.type", "PKCS12");
        extra.put("ssl.keystore.location", folder.resolve("localhost.p12").toString());
        extra.put("ssl.keystore.password", STORE_PASSWORD);
        extra.put("ssl.key.password", STORE_PASSWORD);
        extra.put("ssl.truststore.type", "PKCS12");
        extra.put("ssl.truststore.location", folder.resolve("clients.p12").toString());
        extra.put("ssl.truststore.password", STORE_PASSWORD);
        extra.put("listener.name.ssl.ssl.client.auth", "required");
        extra.put("sasl.enabled.mechanisms", String.join(",", MECHANISMS));
        for (var scram : List.of("scram-sha-512", "scram-sha-256")) {
            extra.put(
                    "listener.name.sasl_ssl." + scram + ".sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
        extra.put(
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required "
                        + trusted.stream()
                                .map(name -> "user_" + name + "=\"" + USER_PASSWORD + "\"")
                                .collect(Collectors.joining(" "))
                        + ";");
        var usual = LocalBroker.Options.in(folder.resolve("broker"));
        var broker = LocalBroker.start(new LocalBroker.Options(
                usual.directory(), plain, usual.heapMegabytes(), usual.maxMessageBytes(), extra));
        return new SecureBroker(folder, broker, tls, sasl);
    }

    Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, plain()));
    }

    /** Address of the test's own listener, behind which everything is allowed. */
    String plain() {
        return broker.bootstrapServers();
    }

    /** Gives users a login by SCRAM. */
    void addUsers(List<String> names) throws ExecutionException, InterruptedException {
        try (var admin = admin()) {
            for (var mechanism : List.of(ScramMechanism.SCRAM_SHA_512, ScramMechanism.SCRAM_SHA_256)) {
                var logins = names.stream()
                        .<UserScramCredentialAlteration>map(name -> new UserScramCredentialUpsertion(
                                name, new ScramCredentialInfo(mechanism, SCRAM_ITERATIONS), USER_PASSWORD))
                        .toList();
                // A request may name a user once only.
                admin.alterUserScramCredentials(logins).all().get();
            }
        }
    }

    /** Client settings for mutual TLS with the certificate of that name. */
    Map<String, String> tls(String name) {
        var client = withoutCertificate();
        client.put("ssl.keystore.type", "PKCS12");
        client.put("ssl.keystore.location", folder.resolve(name + ".p12").toString());
        client.put("ssl.keystore.password", STORE_PASSWORD);
        return client;
    }

    /** Client settings for mutual TLS that lack a certificate of one's own. */
    Map<String, String> withoutCertificate() {
        var client = new HashMap<String, String>();
        client.put("bootstrap.servers", "localhost:" + tlsPort);
        client.put("security.protocol", "SSL");
        trustTheBroker(client);
        return client;
    }

    /** Client settings for SASL_SSL as that user. */
    Map<String, String> scram(String name) {
        return sasl("SCRAM-SHA-512", name, USER_PASSWORD);
    }

    /** Client settings for SASL_SSL with one of the {@link #MECHANISMS}. */
    Map<String, String> sasl(String mechanism, String name, String password) {
        var client = new HashMap<String, String>();
        client.put("bootstrap.servers", "localhost:" + saslPort);
        client.put("security.protocol", "SASL_SSL");
        client.put("sasl.mechanism", mechanism);
        var module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        client.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module + " required username=\"" + name + "\" password=\""
                        + password + "\";");
        trustTheBroker(client);
        return client;
    }

    @Override
    public void close() {
        broker.close();
    }

    private void trustTheBroker(Map<String, String> client) {
        client.put("ssl.truststore.type", "PKCS12");
        client.put("ssl.truststore.location", folder.resolve("brokers.p12").toString());
        client.put("ssl.truststore.password", STORE_PASSWORD);
    }

    private static void makeKeys(Path folder, List<String> names) throws IOException, InterruptedException {
        var running = new ArrayList<Process>();
        for (var name : names) {
            running.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-J-XX:TieredStopAtLevel=1",
                            "-genkeypair",
                            "-alias",
                            name,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "san=dns:localhost",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            STORE_PASSWORD,
                            "-keystore",
                            folder.resolve(name + ".p12").toString())
                    .redirectErrorStream(true)
                    .start());
        }
        for (var process : running) {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool says " + output);
            }
        }
    }

    private static void trust(Path folder, String store, List<String> names)
            throws GeneralSecurityException, IOException {
        var password = STORE_PASSWORD.toCharArray();
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, password);
        for (var name : names) {
            var keys = KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), password);
            trusted.setCertificateEntry(name, keys.getCertificate(name));
        }
        try (var out = Files.newOutputStream(folder.resolve(store + ".p12"))) {
            trusted.store(out, password);
        }
    }
}
