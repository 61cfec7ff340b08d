package io.clicktrail.correlator.detection;

import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.Stage;
import io.clicktrail.evidence.FilePreparation;

/** What links two stages, in words; never a word from a log. */
final class LinkDescriptions {

    private LinkDescriptions() {}

    static String of(LinkGrade grade, Stage from, Stage to, FilePreparation preparation) {
        return switch (grade) {
            case SAME_PROCESS -> sameProcess(from, to);
            case ARTIFACT -> artifact(from, to, preparation);
            case SAME_APPLICATION -> "the same application acted in both";
            case SAME_USER ->
                to == Stage.EXECUTION
                        ? "the same user ran something from a mounted image or unpacked archive"
                        : "the same user, within the time window";
            case VIA_ADDRESS -> "the host is known by an address or user lease only";
            case SAME_HOST ->
                to == Stage.EXECUTION
                        ? "something ran from a mounted image or unpacked archive"
                        : "the same host, within the time window, nothing more";
        };
    }

    private static String sameProcess(Stage from, Stage to) {
        return switch (to) {
            case CLICK, EGRESS -> "the process that the click started, or one below it, made the connection";
            case WRITE ->
                from == Stage.CLICK
                        ? "the process that the click started, or one below it, wrote the file"
                        : "the connecting process, or one in its line, wrote the file";
            case EXECUTION ->
                switch (from) {
                    case CLICK -> "a system tool ran below the process that the click started";
                    case EGRESS -> "a system tool ran below the connecting process";
                    case WRITE, EXECUTION -> "a system tool ran below the writing process";
                };
        };
    }

    private static String artifact(Stage from, Stage to, FilePreparation preparation) {
        return switch (to) {
            case CLICK, EGRESS -> "the clicked link and the connection lead to the same place";
            case WRITE ->
                from == Stage.CLICK
                        ? "the file names the place of the clicked link as its origin"
                        : "the file names the place of the connection as its origin";
            case EXECUTION ->
                switch (preparation) {
                    case NONE -> "what ran is the file that was written";
                    case MADE_EXECUTABLE -> "the file that was written was made executable";
                    case MARK_REMOVED -> "the file that was written lost the mark of a download";
                };
        };
    }
}
