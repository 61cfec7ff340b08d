package io.clicktrail.alerter.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.HostileText;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.render.AlertEcsJson;
import io.clicktrail.alerter.render.AlertJson;
import io.clicktrail.alerter.render.AlertOcsfJson;
import io.clicktrail.alerter.render.CaseText;
import io.clicktrail.alerter.render.TextStyle;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ProcessRisk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseFileTest {

    private static final int MAX_BYTES = 256 * 1024;

    @Test
    void theSameDetectionGivesTheSameBytes() {
        assertThat(forms(Stories.alert(Stories.executed()))).isEqualTo(forms(Stories.alert(Stories.executed())));
    }

    @Test
    void theOrderOfPartsDoesNotMatter() {
        long seed = 4711;
        var random = new Random(seed);
        List<String> expected = forms(Stories.alert(Stories.executed()));
        for (int round = 0; round < 20; round++) {
            Detection shuffled = Detection.newBuilder(Stories.executed())
                    .setEvidence(shuffled(Stories.executed().getEvidence(), random))
                    .setLinks(shuffled(Stories.executed().getLinks(), random))
                    .build();

            assertThat(forms(Stories.alert(shuffled))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void theContentHashIgnoresWhereRawRecordsLie() {
        Alert alert = Stories.alert(Stories.executed());
        Detection elsewhere = Stories.withEvidence(
                Stories.executed(),
                Stories.executed().getEvidence().stream()
                        .map(CaseFileTest::moved)
                        .toList());

        assertThat(Stories.alert(elsewhere).getContentHash()).isEqualTo(alert.getContentHash());
    }

    @Test
    void theCaseUsesTheAssetListForHostAndUser() {
        Alert alert = new CaseFile(Stories.WITH_ASSETS).of(Stories.executed());

        assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.getAnalystQuestions())
                .filteredOn(question -> question.getId().equals("Q12"))
                .singleElement()
                .satisfies(question -> {
                    assertThat(question.getAnswer()).contains("highest criticality", "on the watch list");
                    assertThat(question.getMissingTelemetry()).isEmpty();
                });
    }

    @Test
    void aPlaceWasFirstSeenWhenAnyHostContactedItUnlessThatIsLongBefore() {
        Instant firstContact = Instant.parse("2026-03-02T09:00:10Z");
        Detection detection = Stories.withEvidence(
                Stories.executed(),
                Stories.executed().getEvidence().stream()
                        .map(item -> firstSeen(item, firstContact))
                        .toList());
        String place = detection.getTenantKey();

        assertThat(firstSeen(Chain.of(detection), place)).isNotEmpty().containsOnly(firstContact);
        assertThat(firstSeen(Chain.of(detection, Map.of(place, firstContact.minusSeconds(2))), place))
                .containsOnly(firstContact.minusSeconds(2));
        assertThat(firstSeen(Chain.of(detection, Map.of(place, firstContact.plusSeconds(2))), place))
                .containsOnly(firstContact);
        assertThat(firstSeen(Chain.of(detection, Map.of(place, firstContact.minusSeconds(7200))), place))
                .containsOnly(firstContact);
    }

    private static StageEvidence firstSeen(StageEvidence item, Instant time) {
        DomainRisk domain = item.getEvidence().getDomain();
        return domain == null
                ? item
                : new StageEvidence(
                        item.getStage(),
                        Evidence.newBuilder(item.getEvidence())
                                .setDomain(DomainRisk.newBuilder(domain)
                                        .setFirstSeen(time)
                                        .build())
                                .build());
    }

    private static List<Instant> firstSeen(Chain chain, String place) {
        return chain.evidence().stream()
                .map(item -> item.getEvidence().getDomain())
                .filter(domain -> domain != null && domain.getTenantKey().equals(place))
                .map(DomainRisk::getFirstSeen)
                .toList();
    }

    @Test
    void theContentHashNoticesNewEvidence() {
        assertThat(Stories.alert(Stories.executed()).getContentHash())
                .isNotEqualTo(Stories.alert(Stories.downloaded()).getContentHash());
    }

    @Test
    void theTitleNamesWhatRanAndNotTheToolThatOpenedWhatItWasIn() {
        StageEvidence script = Stories.execution();
        StageEvidence opened = by(script, ApplicationKind.ARCHIVER, List.of("C:\\Users\\a\\Downloads\\Invoice.rar"));
        StageEvidence starter = by(script, ApplicationKind.LOLBIN, List.of());
        Detection detection = Stories.withEvidence(
                Stories.executed(),
                List.of(Stories.click(), Stories.request(), Stories.write(), opened, starter, script));

        assertThat(Stories.alert(detection).getTitle()).startsWith("Invoice-4711.js ran after a link to ");
        assertThat(Stories.alert(Stories.withEvidence(detection, List.of(Stories.click(), Stories.write(), opened)))
                        .getTitle())
                .startsWith("Invoice.rar ran after a link to ");
    }

    @Test
    void theTitleNamesAFileThatRanBeforeTheCommandThatFetchedIt() {
        StageEvidence script = Stories.execution();
        StageEvidence tool = by(script, ApplicationKind.LOLBIN, List.of());
        var command = new StageEvidence(
                tool.getStage(),
                Evidence.newBuilder(tool.getEvidence())
                        .setDomain(Stories.lookAlike())
                        .build());

        assertThat(Stories.alert(Stories.withEvidence(
                                Stories.executed(),
                                List.of(Stories.click(), Stories.request(), command, Stories.write(), script)))
                        .getTitle())
                .startsWith("Invoice-4711.js ran after a link to ");
    }

    private static StageEvidence by(StageEvidence run, ApplicationKind kind, List<String> paths) {
        return new StageEvidence(
                run.getStage(),
                Evidence.newBuilder(run.getEvidence())
                        .setProcess(ProcessRisk.newBuilder(run.getEvidence().getProcess())
                                .setApplicationKind(kind)
                                .setFromMountedDrive(false)
                                .setUserPaths(paths)
                                .build())
                        .build());
    }

    @Test
    void timesAreEventTimes() {
        Alert alert = Stories.alert(Stories.executed());

        assertThat(alert.getCreatedTime()).isEqualTo(Stories.executed().getDetectedTime());
        assertThat(alert.getUpdatedTime()).isEqualTo(Stories.executed().getLastEventTime());
    }

    @Test
    void noTrickSurvivesInAnyForm() {
        Alert alert = Stories.alert(HostileText.detection());

        for (String form : forms(alert)) {
            assertThat(form.codePoints())
                    .noneMatch(point -> point != '\n'
                            && (Character.isISOControl(point)
                                    || Character.getType(point) == Character.FORMAT
                                    || Character.getType(point) == Character.SURROGATE));
        }
    }

    @Test
    void proseHasNoLivingLinkAndMarkdownNoTag() {
        Alert alert = Stories.alert(HostileText.detection());

        for (String prose : List.of(alert.getTitle(), alert.getSummary(), alert.getDescriptionMd())) {
            assertThat(prose)
                    .doesNotContain("http://")
                    .doesNotContain("https://")
                    .doesNotContain("evil.top");
        }
        alert.getEvidence().forEach(item -> assertThat(item.getWhat()).doesNotContain("https://"));
        assertThat(alert.getDescriptionMd())
                .doesNotContain("<img")
                .doesNotContain("[click](")
                .doesNotContain("![i]");
    }

    @Test
    void theTerminalFormKeepsItsWidthAndHasNoEscapes() {
        String text = CaseText.of(Stories.alert(HostileText.detection()), TextStyle.PLAIN);

        assertThat(text).doesNotContain("\u001b");
        assertThat(text.lines()).allMatch(line -> SafeText.columns(line) <= 120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\\", "\"", "请", "\u202E", "😀", "http://a.b/"})
    void noFormIsLargerThanItMayBe(String unit) {
        Detection worst = HostileText.flood(unit.repeat(1_000_000 / unit.length()), 24);

        Alert alert = Stories.alert(worst);

        for (String form : forms(alert)) {
            assertThat(form.getBytes(StandardCharsets.UTF_8).length).isLessThan(MAX_BYTES);
        }
        assertThat(alert.getEvidenceTruncated()).isTrue();
        assertThat(alert.getEvidenceTotal()).isEqualTo(24);
        assertThat(alert.getEvidence()).hasSizeLessThanOrEqualTo(Chain.MAX_EVIDENCE);
        assertThat(alert.getStagesMatched()).hasSize(4);
    }

    @Test
    void theAvroFormOfTheWorstCaseStaysInBoundsToo() throws java.io.IOException {
        Alert alert = Stories.alert(HostileText.flood("\\".repeat(1_000_000), 24));

        assertThat(Alert.getEncoder().encode(alert).remaining()).isLessThan(MAX_BYTES);
    }

    private static List<String> forms(Alert alert) {
        return List.of(
                AlertOcsfJson.of(alert),
                AlertEcsJson.of(alert),
                AlertJson.of(alert),
                CaseText.of(alert, TextStyle.PLAIN));
    }

    private static <T> List<T> shuffled(List<T> items, Random random) {
        var copy = new ArrayList<>(items);
        Collections.shuffle(copy, random);
        return copy;
    }

    private static StageEvidence moved(StageEvidence item) {
        var event = item.getEvidence().getEvent();
        var source = io.clicktrail.event.Source.newBuilder(event.getSource())
                .setOffset(event.getSource().getOffset() + 500)
                .build();
        return new StageEvidence(
                item.getStage(),
                io.clicktrail.evidence.Evidence.newBuilder(item.getEvidence())
                        .setEvent(io.clicktrail.event.Event.newBuilder(event)
                                .setSource(source)
                                .build())
                        .build());
    }
}
