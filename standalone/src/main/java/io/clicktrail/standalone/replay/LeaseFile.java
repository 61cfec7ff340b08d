package io.clicktrail.standalone.replay;

import io.clicktrail.enricher.identity.LeaseRow;
import io.clicktrail.identity.Lease;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of leases, one {@link LeaseRow} per line; blank lines and lines that begin with {@code #} are skipped.
 */
public record LeaseFile(Path path) {

    /** @throws UnreadableLogException if the file can't be read or holds a mistake; the message names the line */
    public List<Lease> read() throws UnreadableLogException {
        List<String> lines;
        try {
            lines = Files.readAllLines(path);
        } catch (IOException e) {
            throw UnreadableLogException.in(path, e);
        }
        var leases = new ArrayList<Lease>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            switch (LeaseRow.parse(line)) {
                case LeaseRow.Valid valid -> leases.add(valid.lease());
                case LeaseRow.Invalid invalid ->
                    throw new UnreadableLogException(path + ":" + (i + 1) + ": " + invalid.reason());
            }
        }
        return leases;
    }
}
