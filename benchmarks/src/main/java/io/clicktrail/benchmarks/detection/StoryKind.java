package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import java.util.List;

/**
 * A kind of story.
 *
 * @param name of the kind
 * @param source the public report or description that it follows; for ordinary kinds what it is
 * @param from applications of which one shows the link; empty where nobody clicks
 * @param browsers that it can happen in; empty for every one of the system
 * @param link template of the URL that is clicked
 * @param places kinds of places that it can come from
 * @param needsFiles false where a chain can be seen without a sensor of files
 * @param quic true where the browser speaks QUIC with the place
 * @param executed true where what came is run
 * @param steps what happens, see {@link StoryPlayer}
 */
record StoryKind(
        String name,
        boolean hostile,
        OperatingSystem system,
        String source,
        List<String> from,
        List<String> browsers,
        String link,
        List<DomainKind> places,
        boolean needsFiles,
        boolean quic,
        boolean executed,
        List<String> steps) {

    StoryKind {
        from = List.copyOf(from);
        browsers = List.copyOf(browsers);
        places = List.copyOf(places);
        steps = List.copyOf(steps);
    }

    /** Whether it is about forms and sign-ins, not files. */
    boolean hasForms() {
        return signsIn() || steps.stream().anyMatch(step -> step.startsWith("post "));
    }

    /** Whether somebody signs in elsewhere with them. */
    boolean signsIn() {
        return steps.stream().anyMatch(step -> step.startsWith("signin"));
    }

    Half half() {
        return Half.of(name);
    }
}
