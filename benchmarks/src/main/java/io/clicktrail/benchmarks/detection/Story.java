package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.host.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A story as it was played.
 *
 * @param marks names of places and files that a case about it holds one of
 * @param seen stages that the logs show
 */
record Story(StoryKind kind, Machine machine, Instant from, Instant to, List<String> marks, Set<VisibleStage> seen) {

    Story {
        marks = List.copyOf(marks);
        seen = Set.copyOf(seen);
    }
}
