package io.clicktrail.standalone.detectiontest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.event.Event;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * For each new answer a story in which it is yes, one in which it is no, and one in which it can't be known, on each
 * platform that has sensors for it, with the whole text and the evidence. The stories are the logs of detection tests;
 * the file of answers says which. After a change on purpose {@code -Dclicktrail.answers.accept=true} writes it anew.
 */
class AnswersTest {

    private static final Path ANSWERS =
            Path.of("src/test/resources/io/clicktrail/standalone/detectiontest/answers.txt");
    private static final Path STORIES = Path.of("src/test/resources/detections");
    private static final Pattern HEADING =
            Pattern.compile("(Q\\d+) (windows|linux|macos) (yes|no|unknown): (\\S+\\.log)((?: \\S+)*)");

    /** What an answer must say for each of the states; unknown is what names the telemetry that would be needed. */
    private static final Map<String, Map<String, Pattern>> SAID = Map.of(
            "Q2", said("holds it for phishing", "delivered it\\. It names no other recipient"),
            "Q4", said("registered at .*, [0-9]{1,2} (days|hours) before", "registered at .*, [0-9]{4} days before"),
            "Q5", said("^Probably: ", "none from a new country or device or of a risk"),
            "Q7", said("is signed by ", "is not signed\\.$"),
            "Q8", said("\\(Persistence, ", "^(?!.*\\((Persistence|Credential Access|Exfiltration), )"),
            "Q11", said("^Yes: it is of the exercise", "^No: none of the exercises"),
            "Q14", said("^Hosts in time order: ", "^No other host or user"),
            "Q16", said("^Yes: at least", "^No: "));

    /** No sensor on Linux that we read reports signatures. */
    private static final Set<String> NO_SENSOR = Set.of("Q7 linux yes", "Q7 linux no");

    private final DetectionTests tests =
            new DetectionTests(Catalogues.bundled(), new EventTimeReader(), Stack.MAX_RECORD_BYTES);
    private final Map<String, String> events = new HashMap<>();
    private final SoftAssertions softly = new SoftAssertions();
    private final Map<String, Alert> cases = new HashMap<>();

    private enum State {
        YES,
        NO,
        UNKNOWN
    }

    @Test
    void everyNewAnswerIsYesNoAndUnknownOnEveryPlatformWithItsTextAndEvidence() throws Exception {
        String known = Files.readString(ANSWERS);
        var now = new StringBuilder();
        var states = new TreeMap<String, Set<State>>();
        for (String line : known.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                now.append(line).append('\n').append(answer(heading)).append('\n');
                states.computeIfAbsent(heading.group(1) + ' ' + heading.group(2), key -> EnumSet.noneOf(State.class))
                        .add(State.valueOf(heading.group(3).toUpperCase(Locale.ROOT)));
            } else if (line.startsWith("#")) {
                now.append(line).append('\n');
            }
        }
        if (Boolean.getBoolean("clicktrail.answers.accept")) {
            Files.writeString(ANSWERS, now);
        }

        softly.assertThat(now).hasToString(known);
        softly.assertAll();
        for (String question : SAID.keySet()) {
            for (String platform : List.of("windows", "linux", "macos")) {
                for (State state : State.values()) {
                    String cell = question + ' ' + platform + ' ' + state.name().toLowerCase(Locale.ROOT);
                    assertThat(states.getOrDefault(question + ' ' + platform, Set.of())
                                            .contains(state)
                                    || NO_SENSOR.contains(cell))
                            .as(cell)
                            .isTrue();
                }
            }
        }
    }

    private String answer(Matcher heading) throws Exception {
        Alert alert = story(heading.group(4), heading.group(5).strip());
        AnalystQuestion question = alert.getAnalystQuestions().stream()
                .filter(each -> each.getId().equals(heading.group(1)))
                .findFirst()
                .orElseThrow();
        assertThat(alert.getDevice().getPlatform().name().toLowerCase(Locale.ROOT))
                .as(heading.group())
                .isEqualTo(heading.group(2));
        boolean isUnknown = heading.group(3).equals("unknown");
        if (isUnknown) {
            softly.assertThat(question.getState()).as(heading.group()).isNotEqualTo(AnswerState.ANSWERED);
            softly.assertThat(question.getMissingTelemetry())
                    .as(heading.group())
                    .isNotEmpty();
        } else {
            softly.assertThat(question.getAnswer())
                    .as(heading.group())
                    .containsPattern(
                            Objects.requireNonNull(SAID.get(heading.group(1))).get(heading.group(3)));
        }
        var text = new StringBuilder();
        if (question.getAnswer() != null) {
            text.append("  says: ").append(question.getAnswer()).append('\n');
        }
        text.append("  state: ")
                .append(question.getState())
                .append(", certainty ")
                .append(question.getCertainty());
        String shown = question.getEventIds().stream()
                .map(id -> events.getOrDefault(id, "unknown event"))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!shown.isEmpty()) {
            text.append("\n  shown by: ").append(shown);
        }
        if (!question.getMissingTelemetry().isEmpty()) {
            text.append("\n  needs: ").append(String.join("; ", question.getMissingTelemetry()));
        }
        return text.append('\n').toString();
    }

    private Alert story(String logs, String with) throws Exception {
        Alert known = cases.get(logs + ' ' + with);
        if (known != null) {
            return known;
        }
        var assets = new ArrayList<Path>();
        var histories = new ArrayList<Path>();
        for (String file : with.isEmpty() ? new String[0] : with.split(" ")) {
            (file.startsWith("history") ? histories : assets).add(STORIES.resolve(file));
        }
        var test = new DetectionTest(
                logs,
                STORIES.resolve(logs),
                List.of(STORIES.resolve(logs)),
                List.of(),
                List.of(),
                List.of(),
                assets,
                histories,
                List.of(),
                null,
                Duration.ZERO,
                List.of());
        List<Alert> found = tests.cases(test, this::remember);
        assertThat(found).as(logs).isNotEmpty();
        cases.put(logs + ' ' + with, found.getFirst());
        return found.getFirst();
    }

    private void remember(Event event) {
        events.put(
                event.getEventId(),
                event.getSource().getDataset() + (event.getCode() == null ? "" : " " + event.getCode()) + " at "
                        + event.getTime().truncatedTo(ChronoUnit.SECONDS));
    }

    private static Map<String, Pattern> said(String yes, String no) {
        return Map.of("yes", Pattern.compile(yes), "no", Pattern.compile(no));
    }
}
