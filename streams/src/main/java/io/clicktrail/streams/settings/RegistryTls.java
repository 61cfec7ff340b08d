package io.clicktrail.streams.settings;

import static io.clicktrail.streams.settings.Setting.require;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Creates the TLS context of the HTTP client from key and trust stores. */
final class RegistryTls {

    private RegistryTls() {}

    /** Null if both stores are absent: then the JDK's defaults apply. */
    static @Nullable SSLContext of(
            RegistrySettings.@Nullable Store truststore, RegistrySettings.@Nullable Store keystore) {
        if (truststore == null && keystore == null) {
            return null;
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(keystore), trust(truststore), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("clicktrail.registry's TLS settings don't work: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keys(RegistrySettings.@Nullable Store store)
            throws GeneralSecurityException {
        if (store == null) {
            return null;
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load("clicktrail.registry.keystore", store), password(store));
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trust(RegistrySettings.@Nullable Store store)
            throws GeneralSecurityException {
        if (store == null) {
            return null;
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load("clicktrail.registry.truststore", store));
        return factory.getTrustManagers();
    }

    private static KeyStore load(String key, RegistrySettings.Store store) throws GeneralSecurityException {
        require(Files.isReadable(store.location()), key + ".location", store.location(), "a readable file");
        try {
            return KeyStore.getInstance(store.location().toFile(), password(store));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    key + ".location is '" + store.location()
                            + "' but must be a PKCS12 or JKS store that the password opens",
                    e);
        }
    }

    private static char @Nullable [] password(RegistrySettings.Store store) {
        return store.password() == null ? null : store.password().toCharArray();
    }
}
