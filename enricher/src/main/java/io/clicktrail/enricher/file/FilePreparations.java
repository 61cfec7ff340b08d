package io.clicktrail.enricher.file;

import io.clicktrail.event.Event;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.FilePreparation;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes an event that only prepares a file to run from one that runs it. AN0179 and AN0180 count {@code chmod}
 * and the removal of the quarantine as follow-on, but no code of the file has run by them.
 */
public final class FilePreparations {

    private FilePreparations() {}

    /** What an event did so that a file can run. */
    public static FilePreparation of(Event event) {
        return switch (event.getKind()) {
            case FILE_MODE ->
                event.getFile() != null
                                && FileAssessor.isExecutable(event.getFile().getMode())
                        ? FilePreparation.MADE_EXECUTABLE
                        : FilePreparation.NONE;
            case FILE_MARK ->
                event.getFile() != null && event.getFile().getMark() == MarkAction.REMOVED
                        ? FilePreparation.MARK_REMOVED
                        : FilePreparation.NONE;
            case PROCESS_START -> byTool(event.getProcess());
            case PROCESS_END,
                    URL_OPEN,
                    NETWORK_CONNECTION,
                    DNS_QUERY,
                    HTTP_REQUEST,
                    FILE_WRITE,
                    EMAIL,
                    LOGON,
                    ADDRESS_LEASE,
                    SECURITY_ALERT,
                    HEARTBEAT,
                    AUTOSTART,
                    OTHER -> FilePreparation.NONE;
        };
    }

    private static FilePreparation byTool(@Nullable Process process) {
        @Nullable String image = process == null ? null : process.getExecutable();
        @Nullable String commandLine = process == null ? null : process.getCommandLine();
        if (image == null || commandLine == null) {
            return FilePreparation.NONE;
        }
        if (image.endsWith("/chmod")) {
            return makesExecutable(arguments(commandLine)) ? FilePreparation.MADE_EXECUTABLE : FilePreparation.NONE;
        }
        return image.endsWith("/xattr") && removesMark(arguments(commandLine))
                ? FilePreparation.MARK_REMOVED
                : FilePreparation.NONE;
    }

    private static String[] arguments(String commandLine) {
        return commandLine
                .substring(0, Math.min(commandLine.length(), CommandLine.MAX_LENGTH))
                .split(" ");
    }

    /** {@code chmod} with {@code +x}, {@code u=rwx}, {@code 755}: a mode that lets somebody execute. */
    private static boolean makesExecutable(String[] arguments) {
        for (int i = 1; i < arguments.length; i++) {
            String mode = arguments[i];
            if (!mode.startsWith("-")) {
                int operator = Math.max(mode.indexOf('+'), mode.indexOf('='));
                return operator < 0 ? isOddOctal(mode) : mode.indexOf('x', operator) > 0;
            }
        }
        return false;
    }

    private static boolean isOddOctal(String mode) {
        boolean odd = false;
        for (int i = 0; i < mode.length(); i++) {
            int digit = mode.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                return false;
            }
            odd |= (digit & 1) == 1;
        }
        return odd;
    }

    /** {@code xattr} with {@code -d} or {@code -c}, alone or among other letters. */
    private static boolean removesMark(String[] arguments) {
        for (int i = 1; i < arguments.length && arguments[i].startsWith("-"); i++) {
            if (arguments[i].indexOf('d') > 0 || arguments[i].indexOf('c') > 0) {
                return true;
            }
        }
        return false;
    }
}
