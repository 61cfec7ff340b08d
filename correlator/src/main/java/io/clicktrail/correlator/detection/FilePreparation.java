package io.clicktrail.correlator.detection;

import io.clicktrail.detection.MadeReady;
import io.clicktrail.detection.Readying;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what makes a file ready to run from what runs it. AN0179 and AN0180 count {@code chmod} and the removal of the
 * quarantine as follow-on, but no code of the file has run by them.
 */
final class FilePreparation {

    private FilePreparation() {}

    static List<MadeReady> of(List<StageEvidence> evidence) {
        var readied = new ArrayList<MadeReady>();
        for (var placed : evidence) {
            var event = placed.getEvidence().getEvent();
            var how = placed.getStage() == Stage.EXECUTION ? how(event) : null;
            if (how != null) {
                readied.add(new MadeReady(event.getEventId(), how));
            }
        }
        return readied;
    }

    /** What an event did to make a file ready, or null where something ran. */
    static @Nullable Readying how(Event event) {
        return switch (event.getKind()) {
            case FILE_MODE -> Readying.MADE_EXECUTABLE;
            case FILE_MARK -> Readying.MARK_REMOVED;
            case PROCESS_START -> byTool(event);
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
                    OTHER -> null;
        };
    }

    private static @Nullable Readying byTool(Event event) {
        var process = event.getProcess();
        var image = process == null ? null : process.getExecutable();
        var commandLine = process == null ? null : process.getCommandLine();
        if (image == null || commandLine == null) {
            return null;
        }
        var arguments = commandLine.split(" ");
        if (image.endsWith("/chmod")) {
            return makesExecutable(arguments) ? Readying.MADE_EXECUTABLE : null;
        }
        return image.endsWith("/xattr") && removesMark(arguments) ? Readying.MARK_REMOVED : null;
    }

    /** {@code chmod} with {@code +x}, {@code u=rwx}, {@code 755}: a mode that lets somebody execute. */
    private static boolean makesExecutable(String[] arguments) {
        for (int i = 1; i < arguments.length; i++) {
            var mode = arguments[i];
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
