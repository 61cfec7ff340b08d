package io.clicktrail.alerter.chain;

import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.FilePreparation;

/** Stages, links and missing stages as an analyst calls them. */
public final class StageNames {

    private StageNames() {}

    /** A stage. */
    public static String of(Stage stage) {
        return switch (stage) {
            case CLICK -> "the click";
            case EGRESS -> "the contact";
            case WRITE -> "the download";
            case EXECUTION -> "the execution";
        };
    }

    /** How two events are linked, to follow "linked by". */
    public static String of(LinkGrade grade) {
        return switch (grade) {
            case SAME_PROCESS -> "the same process";
            case ARTIFACT -> "a file, link or name that both have";
            case SAME_APPLICATION -> "the same application";
            case SAME_USER -> "the same user";
            case VIA_ADDRESS -> "the host's address at that time";
            case SAME_HOST -> "the same host and time";
        };
    }

    /** What was done so that a file can run. */
    public static String of(FilePreparation preparation) {
        return switch (preparation) {
            case NONE -> "the file was run";
            case MADE_EXECUTABLE -> "the downloaded file was made executable";
            case MARK_REMOVED -> "the download mark was removed from the file";
        };
    }

    /** Why a stage is missing. */
    public static String of(MissingReason reason, Platform platform, Stage stage) {
        return switch (reason) {
            case PENDING -> "not seen yet; it may still come";
            case NOT_SEEN -> "not seen, although its sensor was working";
            case SENSOR_SILENT -> "its sensor has gone silent (" + telemetry(platform, stage) + ")";
            case NO_SENSOR -> "this host has no sensor for it (" + telemetry(platform, stage) + ")";
        };
    }

    /** The telemetry that shows a stage on a platform. */
    public static String telemetry(Platform platform, Stage stage) {
        return switch (stage) {
            case CLICK, EXECUTION ->
                switch (platform) {
                    case WINDOWS -> "Sysmon 1 or Security 4688 with command line";
                    case LINUX -> "auditd execve";
                    case MACOS -> "Endpoint Security exec, unified log";
                    case UNKNOWN -> "process starts with command line";
                };
            case EGRESS ->
                switch (platform) {
                    case WINDOWS -> "Sysmon 3 and 22, proxy or Zeek";
                    case LINUX -> "auditd connect, proxy, DNS or Zeek";
                    case MACOS -> "network extension, proxy, DNS or Zeek";
                    case UNKNOWN -> "proxy, DNS or Zeek";
                };
            case WRITE ->
                switch (platform) {
                    case WINDOWS -> "Sysmon 11 and 15";
                    case LINUX -> "auditd file writes";
                    case MACOS -> "file events, quarantine attribute";
                    case UNKNOWN -> "file events";
                };
        };
    }
}
