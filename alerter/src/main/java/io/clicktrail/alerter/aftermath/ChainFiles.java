package io.clicktrail.alerter.aftermath;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.detection.Stage;
import io.clicktrail.evidence.Evidence;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Full paths, in lower case, of the files that a chain wrote and of the programs in user folders that it ran.
 *
 * @param paths at most 16
 */
record ChainFiles(Set<String> paths) {

    private static final int MAX_PATHS = 16;

    /** Shorter paths may stand in any command by chance. */
    private static final int MIN_PATH = 8;

    ChainFiles {
        paths = Set.copyOf(paths);
    }

    static ChainFiles of(Chain chain) {
        var paths = new TreeSet<String>();
        for (Evidence write : chain.at(Stage.WRITE)) {
            if (write.getEvent().getFile() != null) {
                add(paths, write.getEvent().getFile().getPath());
            }
        }
        for (Evidence run : chain.runs()) {
            if (run.getProcess() != null) {
                run.getProcess().getUserPaths().forEach(path -> add(paths, path));
                if (run.getProcess().getImageUserWritable() && run.getEvent().getProcess() != null) {
                    add(paths, run.getEvent().getProcess().getExecutable());
                }
            }
        }
        return new ChainFiles(paths.stream().limit(MAX_PATHS).collect(Collectors.toSet()));
    }

    /** @param text in lower case */
    boolean isNamedIn(String text) {
        return paths.stream().anyMatch(text::contains);
    }

    private static void add(Set<String> paths, @Nullable String path) {
        if (path != null && path.length() >= MIN_PATH && (path.indexOf('/') >= 0 || path.indexOf('\\') >= 0)) {
            paths.add(path.toLowerCase(Locale.ROOT));
        }
    }
}
