package io.clicktrail.normalizer;

import io.clicktrail.normalizer.heartbeat.CanarySignature;
import io.clicktrail.normalizer.heartbeat.HeartbeatTrust;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of canaries, signed test records that are sent through the services to measure them: whether any are sent,
 * and which are believed.
 *
 * @param every time between two canaries of one process, 1 second to 1 hour; zero for none. They have the present time,
 *     so there must be none where logs of other days are replayed
 * @param secret signs canaries, the same on all instances, at least 32 characters, from a file; without it no canary
 *     and no heartbeat in raw logs is believed
 */
@ConfigurationProperties(prefix = "clicktrail.canary", ignoreUnknownFields = false)
public record CanarySettings(
        @DefaultValue("0s") Duration every, @Nullable String secret) {

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);
    private static final int MIN_SECRET_CHARS = 32;

    public CanarySettings {
        if (!every.isZero() && (every.compareTo(MIN_INTERVAL) < 0 || every.compareTo(MAX_INTERVAL) > 0)) {
            throw new IllegalArgumentException(
                    "clicktrail.canary.every is '" + every + "' but must be zero or 1 second to 1 hour");
        }
        secret = secret == null || secret.isBlank() ? null : secret.strip();
        if (secret != null && secret.length() < MIN_SECRET_CHARS) {
            throw new IllegalArgumentException(
                    "clicktrail.canary.secret has " + secret.length() + " characters but must have at least 32");
        }
        if (secret == null && !every.isZero()) {
            throw new IllegalArgumentException("clicktrail.canary.every is '" + every
                    + "' but must be zero where clicktrail.canary.secret is not set, as nothing else shows who sent a"
                    + " canary");
        }
    }

    /** @param history whether this is a replay, whose own heartbeats have no signature */
    public HeartbeatTrust trust(boolean history) {
        CanarySignature signature = signature();
        return history ? HeartbeatTrust.ALL : signature == null ? HeartbeatTrust.NONE : signature;
    }

    @Nullable
    CanarySignature signature() {
        return secret == null ? null : new CanarySignature(secret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "CanarySettings[every=" + every + "]";
    }
}
