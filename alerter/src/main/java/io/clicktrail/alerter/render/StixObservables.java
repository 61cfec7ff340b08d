package io.clicktrail.alerter.render;

import com.fasterxml.uuid.Generators;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Observable;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cyber-observable objects and indicator patterns of STIX 2.1. A value that STIX does not allow has neither.
 */
final class StixObservables {

    /** Name space of the specification for the ids of cyber-observable objects, section 2.9. */
    private static final UUID OBSERVABLES = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

    private StixObservables() {}

    /** Observables by their ids, each once. */
    static Map<String, Consumer<JsonDocument>> of(Alert alert) {
        var objects = new LinkedHashMap<String, Consumer<JsonDocument>>();
        for (Observable observable : alert.getObservables()) {
            String value = observable.getValue();
            switch (observable.getType()) {
                case URL -> {
                    String uri = StixText.uri(value);
                    if (uri != null) {
                        simple(objects, "url", "value", uri);
                    }
                }
                case HOSTNAME -> {
                    if (isName(value) && StixText.isHost(value)) {
                        simple(objects, "domain-name", "value", value);
                    }
                }
                case IP -> {
                    if (isAddress(value)) {
                        simple(objects, value.indexOf(':') < 0 ? "ipv4-addr" : "ipv6-addr", "value", value);
                    }
                }
                case EMAIL -> {
                    if (StixText.isMailbox(value)) {
                        simple(objects, "email-addr", "value", value);
                    }
                }
                case FILE_NAME -> simple(objects, "file", "name", value);
                case USER_NAME -> simple(objects, "user-account", "account_login", value);
                case HASH -> hash(objects, value);
                case PROCESS_ENTITY, PROCESS_NAME, COMMAND_LINE, FILE_PATH, MESSAGE_ID, USER_AGENT, OTHER -> {}
            }
        }
        return objects;
    }

    private static void simple(
            Map<String, Consumer<JsonDocument>> objects, String type, String property, String value) {
        String id = id(type, JsonDocument.object(json -> json.text(property, value)));
        objects.put(
                id,
                json -> json.text("type", type)
                        .text("spec_version", "2.1")
                        .text("id", id)
                        .text(property, value));
    }

    private static void hash(Map<String, Consumer<JsonDocument>> objects, String sha256) {
        if (sha256.length() != 64) {
            return;
        }
        String id = id("file", JsonDocument.object(json -> json.inside("hashes", () -> json.text("SHA-256", sha256))));
        objects.put(
                id,
                json -> json.text("type", "file")
                        .text("spec_version", "2.1")
                        .text("id", id)
                        .inside("hashes", () -> json.text("SHA-256", sha256)));
    }

    /** The STIX pattern of an indicator; null where STIX has no object for its value. */
    static @Nullable String pattern(Observable observable) {
        String value = quoted(observable.getValue());
        return switch (observable.getType()) {
            case URL -> {
                String uri = StixText.uri(observable.getValue());
                yield uri == null ? null : "[url:value = '" + quoted(uri) + "']";
            }
            case HOSTNAME -> isName(observable.getValue()) ? "[domain-name:value = '" + value + "']" : null;
            case IP ->
                !isAddress(value)
                        ? null
                        : "[" + (value.indexOf(':') < 0 ? "ipv4" : "ipv6") + "-addr:value = '" + value + "']";
            case HASH -> value.length() == 64 ? "[file:hashes.'SHA-256' = '" + value + "']" : null;
            case OTHER,
                    USER_NAME,
                    EMAIL,
                    FILE_NAME,
                    FILE_PATH,
                    PROCESS_NAME,
                    PROCESS_ENTITY,
                    COMMAND_LINE,
                    MESSAGE_ID,
                    USER_AGENT -> null;
        };
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Labels of letters, digits and dashes with single dots between them: what a domain name object may hold. */
    private static boolean isName(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_')) {
                return false;
            }
        }
        return text.indexOf('.') > 0 && !text.endsWith(".") && !text.contains("..");
    }

    /** A full address without a zone; IPv6 without dots, which the published schema refuses. */
    private static boolean isAddress(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c == '.' || c == ':')) {
                return false;
            }
        }
        try {
            return text.indexOf(':') >= 0
                    ? text.indexOf('.') < 0 && Inet6Address.ofLiteral(text) != null
                    : text.chars().filter(c -> c == '.').count() == 3 && Inet4Address.ofLiteral(text) != null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static String id(String type, String contributing) {
        return type + "--" + Generators.nameBasedGenerator(OBSERVABLES).generate(contributing);
    }
}
