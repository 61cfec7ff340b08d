package io.clicktrail.alerter.render;

import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Observable;
import io.clicktrail.event.Platform;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ids and names of OCSF 1.5.0 for the values of a case. */
final class OcsfCodes {

    /** {@code device.type_id} of the kinds of devices. */
    private static final Map<String, Integer> DEVICE_TYPES = Map.of("server", 1, "workstation", 2, "laptop", 3);

    private static final List<String> DEVICE_TYPE_NAMES = List.of("Unknown", "Server", "Desktop", "Laptop");

    private OcsfCodes() {}

    static int deviceTypeId(@Nullable String device) {
        return DEVICE_TYPES.getOrDefault(Objects.requireNonNullElse(device, ""), 0);
    }

    static String deviceTypeName(@Nullable String device) {
        return DEVICE_TYPE_NAMES.get(deviceTypeId(device));
    }

    static int activity(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case UNKNOWN -> 0;
            case CREATE -> 1;
            case UPDATE -> 2;
            case CLOSE -> 3;
        };
    }

    static String activityName(Lifecycle lifecycle) {
        return EnumNames.title(lifecycle);
    }

    static int status(CaseState state) {
        return switch (state) {
            case UNKNOWN -> 0;
            case NEW -> 1;
            case IN_PROGRESS -> 2;
            case SUPPRESSED -> 3;
            case RESOLVED -> 4;
            case ARCHIVED -> 5;
            case DELETED -> 6;
        };
    }

    static @Nullable Integer osTypeId(Platform platform) {
        return switch (platform) {
            case UNKNOWN -> null;
            case WINDOWS -> 100;
            case LINUX -> 200;
            case MACOS -> 300;
        };
    }

    static String osName(Platform platform) {
        return switch (platform) {
            case UNKNOWN -> "Unknown";
            case WINDOWS -> "Windows";
            case LINUX -> "Linux";
            case MACOS -> "macOS";
        };
    }

    static int observableTypeId(Observable observable) {
        return switch (observable.getType()) {
            case OTHER -> 99;
            case HOSTNAME -> 1;
            case IP -> 2;
            case USER_NAME -> 4;
            case EMAIL -> 5;
            case URL -> 6;
            case FILE_NAME -> 7;
            case HASH -> 8;
            case PROCESS_NAME -> 9;
            case COMMAND_LINE -> 13;
            case USER_AGENT -> 16;
            case PROCESS_ENTITY -> 39;
            case MESSAGE_ID -> 42;
            case FILE_PATH -> 45;
        };
    }

    static String observableTypeName(Observable observable) {
        return switch (observable.getType()) {
            case OTHER -> "Other";
            case HOSTNAME -> "Hostname";
            case IP -> "IP Address";
            case USER_NAME -> "User Name";
            case EMAIL -> "Email Address";
            case URL -> "URL String";
            case FILE_NAME -> "File Name";
            case HASH -> "Hash";
            case PROCESS_NAME -> "Process Name";
            case COMMAND_LINE -> "Command Line";
            case USER_AGENT -> "HTTP User-Agent";
            case PROCESS_ENTITY -> "Process Entity UID";
            case MESSAGE_ID -> "Message UID";
            case FILE_PATH -> "File Path";
        };
    }

    /** OCSF's scale from 1, very safe, to 10, malicious. */
    static int reputation(int score) {
        return Math.clamp(score / 10 + 1, 1, 10);
    }
}
