package io.clicktrail.alerter.page;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.ObservableRole;
import io.clicktrail.alert.ObservableType;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.SafeText;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Text of a case for a page: nothing hidden in it, of bounded length, defanged. The template engine escapes it. */
final class SafeWords {

    private static final int MAX_BYTES = 4096;

    private final Defanger defanger;

    private SafeWords(Defanger defanger) {
        this.defanger = defanger;
    }

    /** With the places of the case as names to defang. */
    static SafeWords of(Alert alert) {
        return new SafeWords(new Defanger(Stream.concat(
                        Stream.of(alert.getTenantKey()),
                        alert.getObservables().stream()
                                .filter(item -> item.getRole() == ObservableRole.ATTACK
                                        && (item.getType() == ObservableType.HOSTNAME
                                                || item.getType() == ObservableType.IP))
                                .map(item -> item.getValue()))
                .toList()));
    }

    /** Any text. */
    String prose(@Nullable String text) {
        return text == null ? "" : defanger.prose(SafeText.clip(text, MAX_BYTES));
    }

    /** The name of a host or its address. */
    String host(@Nullable String text) {
        return text == null ? "" : Defanger.host(SafeText.clip(text, MAX_BYTES));
    }

    /** Any text cut to a number of characters, for a drawing. */
    String shortened(@Nullable String text, int most) {
        String safe = prose(text);
        return safe.codePointCount(0, safe.length()) <= most
                ? safe
                : safe.substring(0, safe.offsetByCodePoints(0, most - 1)) + "…";
    }
}
