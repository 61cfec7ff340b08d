package io.clicktrail.normalizer.heartbeat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Canaries with a keyed signature: {@code {"clicktrail.canary":"<millis>.<id>.<hex>"}}, where the last part is the
 * HMAC-SHA256 of what is before it. The record is nothing but the canary, and is delivered within five minutes of the
 * time in it, so that one that somebody has read somewhere is of no use later.
 */
public final class CanarySignature implements HeartbeatTrust {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_LENGTH = 256;
    private static final long MAX_AGE_MILLIS = 300_000;
    private static final Pattern SIGNED =
            Pattern.compile("\\{\"clicktrail\\.canary\":\"(?<content>(?<millis>[0-9]{1,15})\\.[0-9a-z-]{1,80})"
                    + "\\.(?<mac>[0-9a-f]{64})\"}");

    private final SecretKeySpec key;

    public CanarySignature(String secret) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * A signed canary.
     *
     * @param id small letters, digits and dashes, at most 80
     * @param nowMillis ms since 1970
     */
    public byte[] canary(String id, long nowMillis) {
        var content = nowMillis + "." + id;
        var text = "{\"clicktrail.canary\":\"" + content + "." + HexFormat.of().formatHex(mac(content)) + "\"}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean trusts(byte[] value, long deliveredMillis) {
        if (value.length > MAX_LENGTH) {
            return false;
        }
        var signed = SIGNED.matcher(new String(value, StandardCharsets.UTF_8));
        return signed.matches()
                && Math.abs(Long.parseLong(signed.group("millis")) - deliveredMillis) <= MAX_AGE_MILLIS
                && MessageDigest.isEqual(HexFormat.of().parseHex(signed.group("mac")), mac(signed.group("content")));
    }

    private byte[] mac(String content) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", absent);
        }
    }
}
