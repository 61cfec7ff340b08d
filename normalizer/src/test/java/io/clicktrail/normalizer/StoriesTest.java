package io.clicktrail.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.event.EventJson;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class StoriesTest {

    private final Reader reader = new Reader();
    private final EventJson json = new EventJson();

    @TestFactory
    Stream<DynamicTest> readsEveryRecordIntoTheEventThatIsWrittenBesideIt() {
        return Story.all().stream()
                .map(story -> DynamicTest.dynamicTest(
                        story.toString(),
                        () -> assertThat(facts(reader.event(story.raw()))).isEqualTo(story.expected())));
    }

    /** The event without what differs from delivery to delivery. */
    private String facts(Event event) {
        return json.write(event)
                .replaceAll("(\"event\":\\{)\"id\":\"[0-9a-f]{32}\",", "$1")
                .replaceAll(",\"hash\":\"[0-9a-f]{64}\"", "")
                .replaceAll("\"source\":\\{[^}]*},?", "")
                .replace(",}", "}");
    }
}
