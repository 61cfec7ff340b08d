package io.clicktrail.alerter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.alerter.campaign.CampaignCase;
import io.clicktrail.alerter.delivery.SoarTopic;
import io.clicktrail.alerter.lifecycle.RevisionDelay;
import io.clicktrail.audit.AuditEntry;
import io.clicktrail.audit.AuditOutcome;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import io.clicktrail.organisation.EntryKind;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.testkit.TopologyHarness;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlerterTopologyTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final AlerterSettings SETTINGS = TestSettings.with(Map.of());

    private TopologyHarness harness;
    private TestInputTopic<String, Detection> detections;
    private TestOutputTopic<String, Alert> alerts;
    private TestOutputTopic<String, String> tier1;
    private TestOutputTopic<String, String> tier2;
    private TestOutputTopic<String, String> updates;
    private TestOutputTopic<String, String> siem;

    @BeforeEach
    void start() {
        harness = new TopologyHarness(
                (builder, topics, meters) -> AlerterTopology.build(builder, topics, SETTINGS, meters));
        detections = harness.input(harness.topics().detections());
        alerts = harness.output(harness.topics().alerts());
        tier1 = harness.output(harness.topics().soarTier1());
        tier2 = harness.output(harness.topics().soarTier2());
        updates = harness.output(harness.topics().soarUpdates());
        siem = harness.output(harness.topics().siemEcs());
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void theTopologyIsPinned() throws IOException {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("topology.txt"))) {
            assertThat(harness.describe()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aLowCaseGoesToTierOneTheAlertsAndTheSiem() {
        detections.pipeInput(Stories.HOST, Stories.downloaded());

        Alert alert = alerts.readValue();
        assertThat(alert.getEscalation().getTier()).isEqualTo(1);
        assertThat(tier1.readKeyValuesToList()).singleElement().satisfies(record -> {
            assertThat(record.key).isEqualTo(alert.getAlertId());
            assertThat(at(record.value, "/finding_info/uid")).isEqualTo(alert.getAlertId());
        });
        assertThat(siem.readKeyValuesToList()).isNotEmpty().allSatisfy(record -> {
            assertThat(record.key).isEqualTo(alert.getAlertId());
            assertThat(at(record.value, "/event/kind")).isEqualTo("alert");
        });
        assertThat(tier2.isEmpty()).isTrue();
        assertThat(updates.isEmpty()).as("late answers keep their pace").isTrue();
    }

    @Test
    void aCanaryEndsItsWayAndIsNoCase() {
        detections.pipeInput(Canary.KEY, null);

        assertThat(harness.meters().get(Metric.CANARY.id()).timer().count()).isEqualTo(1);
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(harness.deadLetters().isEmpty()).isTrue();

        detections.pipeInput(Stories.HOST, Stories.executed());

        assertThat(Metric.ALERTER_RECEIVED.counter(harness.meters()).count()).isEqualTo(1);
        assertThat(alerts.isEmpty()).isFalse();
    }

    @Test
    void executionGoesToTierTwo() {
        detections.pipeInput(Stories.HOST, Stories.executed());

        assertThat(tier2.readValuesToList()).hasSize(1);
        assertThat(tier1.isEmpty()).isTrue();
    }

    @Test
    void aClockThatIsAheadDoesNotDateACaseIntoTheFuture() {
        Instant delivered = Stories.alert(Stories.executed()).getCreatedTime().minus(Duration.ofDays(3));

        detections.pipeInput(Stories.HOST, Stories.executed(), delivered);

        assertThat(tier2.readRecord().timestamp()).isEqualTo(delivered.toEpochMilli());
    }

    @Test
    void aTierThatRisesIsAnUpdate() {
        detections.pipeInput(Stories.HOST, Stories.downloaded());
        detections.pipeInput(Stories.HOST, revised(Stories.executed(), 2, DetectionChange.REVISED));

        assertThat(tier1.readValuesToList()).hasSize(1);
        assertThat(tier2.isEmpty()).isTrue();
        assertThat(updates.readValuesToList()).singleElement().satisfies(value -> {
            assertThat(at(value, "/activity_id")).isEqualTo("2");
            assertThat(at(value, "/unmapped/det0066/escalation_tier")).isEqualTo("2");
            assertThat(at(value, "/is_alert")).isEqualTo("true");
        });
        assertThat(alerts.readValuesToList())
                .extracting(Alert::getRevision)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theSameDetectionTwiceGivesOneCase() {
        detections.pipeInput(Stories.HOST, Stories.executed());
        harness.advanceWallClock(RevisionDelay.MIN_DELAY);
        detections.pipeInput(Stories.HOST, Stories.executed());

        assertThat(alerts.readValuesToList())
                .filteredOn(Alert::getLifecycle, Lifecycle.CREATE)
                .hasSize(1);
        assertThat(tier2.readValuesToList()).hasSize(1);
        assertThat(Metric.CASES_UNCHANGED
                        .counter(harness.meters(), "reason", "same_content")
                        .count())
                .isPositive();
    }

    @Test
    void aReplayOfAllRevisionsLeavesTheCaseAsItWas() {
        List<Detection> history = List.of(
                revised(Stories.contacted(), 1, DetectionChange.CREATED),
                revised(Stories.downloaded(), 2, DetectionChange.REVISED),
                revised(Stories.executed(), 3, DetectionChange.REVISED));
        history.forEach(detection -> detections.pipeInput(Stories.HOST, detection));
        harness.advanceWallClock(Duration.ofMinutes(1));
        Alert last = alerts.readValuesToList().getLast();

        history.forEach(detection -> detections.pipeInput(Stories.HOST, detection));
        harness.advanceWallClock(Duration.ofMinutes(1));

        assertThat(last.getStagesMatched()).hasSize(4);
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void whatIsFoundOutInOneMomentIsOneRevision() {
        detections.pipeInput(Stories.HOST, Stories.executed());
        harness.input(harness.topics().context())
                .pipeInput(Stories.HOST, TestFacts.of(Stories.request().getEvidence()));
        harness.input(harness.topics().context())
                .pipeInput(Stories.HOST, TestFacts.of(Stories.lookup().getEvidence()));

        assertThat(alerts.readValuesToList()).as("before the slot").hasSize(1);
        harness.advanceWallClock(RevisionDelay.MIN_DELAY);
        assertThat(alerts.readValuesToList()).as("after the slot").hasSize(1);
        harness.advanceWallClock(Duration.ofMinutes(5));
        assertThat(alerts.readValuesToList())
                .filteredOn(alert -> alert.getChangeReason() != ChangeReason.ESCALATED)
                .isEmpty();
    }

    @Test
    void inAFloodANewCaseWaitsForItsAnswersAHighOneDoesNotAndFeedbackFindsWhatWaits() {
        for (int number = 0; number < 30; number++) {
            detections.pipeInput("ws-" + number, other(number, Stories.downloaded()));
        }
        assertThat(alerts.readValuesToList()).hasSize(10);

        detections.pipeInput("ws-30", other(30, Stories.executed()));
        assertThat(alerts.readValuesToList()).extracting(Alert::getAlertId).containsExactly(id(30));
        harness.input(harness.topics().soarFeedback())
                .pipeInput(
                        null,
                        "{\"alert_id\":\"" + id(29)
                                + "\",\"kind\":\"acknowledge\",\"at\":\"2026-03-03T10:00:00Z\",\"actor\":\"bob\"}");
        assertThat(alerts.readValuesToList())
                .extracting(Alert::getAlertId, Alert::getState)
                .containsExactly(tuple(id(29), CaseState.NEW), tuple(id(29), CaseState.IN_PROGRESS));

        for (int look = 0; look < 30; look++) {
            harness.advanceWallClock(RevisionDelay.MIN_DELAY);
        }
        assertThat(alerts.readValuesToList())
                .filteredOn(Alert::getLifecycle, Lifecycle.CREATE)
                .filteredOn(alert -> !alert.getLabels().contains(CampaignCase.LABEL))
                .as("with their answers in the first revision")
                .hasSize(19)
                .allMatch(alert -> alert.getAnalystQuestions().stream()
                        .anyMatch(question ->
                                question.getId().equals("Q10") && question.getState() == AnswerState.ANSWERED));
    }

    @Test
    void aRetractionClosesTheCaseOnTheUpdates() {
        detections.pipeInput(Stories.HOST, Stories.downloaded());
        detections.pipeInput(Stories.HOST, revised(Stories.downloaded(), 2, DetectionChange.CLOSED));

        assertThat(updates.readValuesToList())
                .singleElement()
                .satisfies(value -> assertThat(at(value, "/type_uid")).isEqualTo("200403"));
        assertThat(alerts.readValuesToList().getLast().getLifecycle()).isEqualTo(Lifecycle.CLOSE);
    }

    @Test
    void recordsCarryTheTimeOfTheCase() {
        detections.pipeInput(
                Stories.HOST,
                Stories.executed(),
                Stories.executed().getDetectedTime().plusSeconds(600));
        detections.pipeInput(
                Stories.HOST,
                revised(Stories.withDomain(Stories.executed(), Stories.sharedTenant()), 2, DetectionChange.REVISED));

        harness.advanceWallClock(Duration.ofMinutes(2));

        assertThat(time(tier2.readRecord())).isEqualTo(Stories.executed().getDetectedTime());
        assertThat(time(updates.readRecord())).isEqualTo(Stories.executed().getLastEventTime());
        assertThat(time(siem.readRecord())).isEqualTo(Stories.executed().getDetectedTime());
        assertThat(time(alerts.readRecord())).isEqualTo(Stories.executed().getDetectedTime());
    }

    @Test
    void headersAreACloudEventAndStandInTheValueToo() {
        detections.pipeInput(Stories.HOST, Stories.executed());

        TestRecord<String, String> record = tier2.readRecord();
        JsonNode event = JSON.readTree(record.value()).at("/unmapped/det0066/cloudevent");

        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "ce_id")).isEqualTo(record.key() + ":1");
        assertThat(header(record, "ce_type")).isEqualTo("clicktrail.alert.created.v1");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        record.headers().forEach(header -> {
            if (header.key().startsWith("ce_")) {
                assertThat(event.path(header.key().substring(3)).asString())
                        .as(header.key())
                        .isEqualTo(new String(header.value(), StandardCharsets.UTF_8));
            }
        });
    }

    @Test
    void aCaseIsRememberedForTheMemoryAndNoLonger() {
        Instant start = TopologyHarness.START;
        detections.pipeInput(Stories.HOST, Stories.executed(), start);
        detections.pipeInput(Stories.HOST, Stories.executed(), start.plus(Duration.ofDays(6)));
        assertThat(alerts.readValuesToList())
                .filteredOn(Alert::getLifecycle, Lifecycle.CREATE)
                .hasSize(1);

        detections.pipeInput(Stories.HOST, Stories.executed(), start.plus(Duration.ofDays(60)));

        assertThat(alerts.readValuesToList())
                .filteredOn(Alert::getLifecycle, Lifecycle.CREATE)
                .hasSize(1);
    }

    @Test
    void whatIsForgottenLeavesNothingInTheStores() {
        detections.pipeInput(Stories.HOST, Stories.downloaded(), TopologyHarness.START);
        detections.pipeInput(
                Stories.HOST,
                revised(Stories.executed(), 2, DetectionChange.REVISED),
                TopologyHarness.START.plus(Duration.ofDays(5)));
        Detection other = Detection.newBuilder(Stories.downloaded())
                .setDetectionId("5f0c2a57-61ce-5e0b-b7f4-5f3d3f9c7a01")
                .setHost("other")
                .setTenantKey("other.top")
                .setUser(null)
                .setDomain(null)
                .setEvidence(Stories.downloaded().getEvidence().subList(0, 1))
                .build();

        for (int day : List.of(8, 60, 61)) {
            detections.pipeInput("other", other, TopologyHarness.START.plus(Duration.ofDays(day)));
            harness.advanceWallClock(RevisionDelay.MIN_DELAY);
        }

        assertThat(stored("alerts-by-id")).isEqualTo(1);
        assertThat(stored("detections-by-id")).isEqualTo(1);
        assertThat(stored("pending-revisions")).isZero();
        assertThat(stored("case-groups")).as("of the site and of the host").isEqualTo(2);
        assertThat(stored("dispatches")).isEqualTo(1);
        assertThat(stored("deferred-updates")).isLessThanOrEqualTo(1);
    }

    @Test
    void aCaseThatIsDeletedFromTheTopicOfAlertsIsForgotten() {
        detections.pipeInput(Stories.HOST, Stories.executed());
        String id = alerts.readValuesToList().getLast().getAlertId();

        harness.input(harness.topics().alerts()).pipeInput(id, null);
        harness.advanceWallClock(Duration.ofDays(30));

        assertThat(alerts.isEmpty()).as("no deadline of a case that is gone").isTrue();
        assertThat(stored("alerts-by-id")).isZero();
        assertThat(stored("detections-by-id")).isZero();
        assertThat(stored("findings-by-detection")).isZero();
        assertThat(stored("case-groups")).isZero();

        detections.pipeInput(Stories.HOST, revised(Stories.executed(), 2, DetectionChange.REVISED));

        assertThat(alerts.readValue().getRevision())
                .as("a chain that goes on is a new case")
                .isEqualTo(1);
    }

    @Test
    void aTombstoneOfACaseThatNobodyKnowsChangesNothing() {
        harness.input(harness.topics().alerts()).pipeInput("5f0c2a57-61ce-5e0b-b7f4-5f3d3f9c7a01", null);

        assertThat(stored("pending-feedback")).isZero();
        assertThat(harness.deadLetters().isEmpty()).isTrue();
    }

    @Test
    void aCaseIsDeletedFromTheTopicOfAlertsWhenItsRetentionIsOver() {
        detections.pipeInput(Stories.HOST, Stories.executed());
        harness.advanceWallClock(Duration.ofDays(15)); // its deadlines pass, the last archives it
        var last = alerts.readKeyValuesToList().getLast();

        harness.advanceWallClock(SETTINGS.retention().minusHours(1));
        assertThat(alerts.readKeyValuesToList())
                .as("before")
                .allSatisfy(record -> assertThat(record.value).isNotNull());

        harness.advanceWallClock(SETTINGS.retention());
        assertThat(alerts.readKeyValuesToList()).as("after").last().satisfies(record -> {
            assertThat(record.key).isEqualTo(last.key);
            assertThat(record.value).isNull();
        });
        assertThat(stored("alerts-recorded")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "P365D"})
    void feedbackDatedAheadForgetsNoCaseAndFreezesNoLimit(Duration ahead) {
        var limited = TestSettings.with(Map.of("storm.per-device", "1"));
        try (var live = TopologyHarness.live(
                (builder, topics, meters) -> AlerterTopology.build(builder, topics, limited, meters))) {
            var input = live.input(live.topics().detections());
            input.pipeInput(Stories.HOST, Stories.downloaded(), TopologyHarness.START);
            live.input(live.topics().soarFeedback())
                    .pipeInput(
                            null,
                            "{\"alert_id\":\"" + Stories.downloaded().getDetectionId()
                                    + "\",\"kind\":\"acknowledge\",\"at\":\"2026-03-02T10:00:00Z\",\"actor\":\"bob\"}",
                            TopologyHarness.START.plus(ahead));
            var cases = live.output(live.topics().alerts());
            assertThat(cases.readValuesToList().getLast().getState()).isEqualTo(CaseState.IN_PROGRESS);

            live.advanceWallClock(Duration.ofMinutes(61));
            input.pipeInput(
                    Stories.HOST, elsewhere(Stories.downloaded()), TopologyHarness.START.plus(Duration.ofMinutes(61)));

            assertThat(live.output(live.topics().soarTier1()).readValuesToList())
                    .as("an hour later the host has a case to spend again")
                    .hasSize(2);
        }
    }

    @Test
    void recordsThatLagBehindStillFindTheirCase() {
        Detection other = Detection.newBuilder(Stories.downloaded())
                .setDetectionId("5f0c2a57-61ce-5e0b-b7f4-5f3d3f9c7a01")
                .build();
        detections.pipeInput("other", other, TopologyHarness.START.plus(Duration.ofDays(60)));

        detections.pipeInput(Stories.HOST, Stories.executed(), TopologyHarness.START);
        detections.pipeInput(Stories.HOST, Stories.executed(), TopologyHarness.START.plusSeconds(1));

        assertThat(alerts.readValuesToList())
                .filteredOn(Alert::getLifecycle, Lifecycle.CREATE)
                .hasSize(2);
    }

    @Test
    void feedbackThatIsAcceptedOrRefusedIsOnTheAuditTopic() {
        var audit = harness.output(harness.topics().audit());
        var feedback = harness.input(harness.topics().soarFeedback());
        feedback.pipeInput(
                null,
                "{\"alert_id\":\"" + id(1)
                        + "\",\"kind\":\"acknowledge\",\"at\":\"2026-03-02T10:00:00Z\",\"destination\":\"xsoar\","
                        + "\"actor\":\"bob\"}");
        feedback.pipeInput(null, "{\"alert_id\":\"1\"}");

        assertThat(audit.readKeyValuesToList())
                .extracting(
                        entry -> entry.key,
                        entry -> entry.value.getOutcome(),
                        entry -> entry.value.getWho(),
                        entry -> entry.value.getReason())
                .containsExactly(
                        tuple(id(1), AuditOutcome.ACCEPTED, "xsoar/bob", null),
                        tuple("feedback", AuditOutcome.REFUSED, "soar", "no_alert_id"));
    }

    @Test
    void aDestinationWithATopicOfItsOwnIsHeardThereAlone() {
        var own = TestSettings.with(Map.of("destinations.xsoar.feedback", "acknowledge"));
        try (var two =
                new TopologyHarness((builder, topics, meters) -> AlerterTopology.build(builder, topics, own, meters))) {
            two.input(two.topics().detections()).pipeInput(Stories.HOST, Stories.executed());
            var json = "{\"alert_id\":\"" + Stories.executed().getDetectionId()
                    + "\",\"kind\":\"acknowledge\",\"at\":\"2026-03-02T10:00:00Z\",\"destination\":\"xsoar\"}";
            var audit = two.output(two.topics().audit());

            two.input(two.topics().soarFeedback()).pipeInput(null, json);
            assertThat(audit.readValue().getReason()).isEqualTo("other_destination");

            two.input(two.topics().soarFeedback("xsoar")).pipeInput(null, json);
            assertThat(audit.readValue().getOutcome()).isEqualTo(AuditOutcome.ACCEPTED);
            assertThat(two.output(two.topics().alerts())
                            .readValuesToList()
                            .getLast()
                            .getState())
                    .isEqualTo(CaseState.IN_PROGRESS);
        }
    }

    @Test
    void tuningIsOnTheAuditTopicWithWhatItChangedAndWhetherItSilences() {
        var audit = harness.output(harness.topics().audit());
        var tuning = harness.input(harness.topics().tuning());
        var builtIn = BuiltInTuning.of(Platform.WINDOWS);
        tuning.pipeInput(
                "WINDOWS",
                Tuning.newBuilder(builtIn).setVersion("a").setChainScore(70).build());
        tuning.pipeInput(
                "WINDOWS",
                Tuning.newBuilder(builtIn).setVersion("b").setChainScore(100).build());
        tuning.pipeInput(
                "WINDOWS",
                Tuning.newBuilder(builtIn)
                        .setVersion("c")
                        .setChainScore(100)
                        .setForced(true)
                        .build());
        tuning.pipeInput("WINDOWS", (Tuning) null);

        assertThat(audit.readValuesToList())
                .extracting(AuditEntry::getOutcome, AuditEntry::getBefore, AuditEntry::getAfter)
                .containsExactly(
                        tuple(
                                AuditOutcome.ACCEPTED,
                                "version: " + builtIn.getVersion() + "; ChainScore: 60",
                                "version: a; ChainScore: 70"),
                        tuple(AuditOutcome.REFUSED, "version: a; ChainScore: 70", "version: b; ChainScore: 100"),
                        tuple(AuditOutcome.FORCED, "version: a; ChainScore: 70", "version: c; ChainScore: 100"),
                        tuple(
                                AuditOutcome.ACCEPTED,
                                "version: c; ChainScore: 100",
                                "version: " + builtIn.getVersion() + "; ChainScore: 60"));
    }

    @Test
    void indicatorsAreOnTheAuditTopicSummedUpBySource() {
        var audit = harness.output(harness.topics().audit());
        var intel = harness.input(harness.topics().intel());
        for (int number = 0; number < 500; number++) {
            intel.pipeInput(
                    "urlhaus DOMAIN evil" + number + ".top",
                    Indicator.newBuilder()
                            .setType(IndicatorType.DOMAIN)
                            .setValue("evil" + number + ".top")
                            .setSource("urlhaus")
                            .setConfidence(90)
                            .setListed(TopologyHarness.START)
                            .setExpires(TopologyHarness.START.plus(Duration.ofDays(1)))
                            .build());
        }
        intel.pipeInput("analyst DOMAIN good.example", (Indicator) null);
        assertThat(audit.isEmpty()).isTrue();

        harness.advanceWallClock(Duration.ofMinutes(1));

        assertThat(audit.readValuesToList())
                .extracting(AuditEntry::getWho, AuditEntry::getWhat, AuditEntry::getCount)
                .containsExactlyInAnyOrder(
                        tuple("urlhaus", "indicators set", 500L), tuple("analyst", "indicators removed", 1L));
    }

    @Test
    void changesOfTheOrganisationAreOnTheAuditTopicWithExercisesInFull() {
        var audit = harness.output(harness.topics().audit());
        var organisation = harness.input(harness.topics().organisation());
        for (int number = 0; number < 500; number++) {
            organise(organisation, entry(EntryKind.HOST, "ws-" + number, "servicenow"));
        }
        organise(organisation, entry(EntryKind.EXERCISE, "red team", "mallory"));
        organise(organisation, entry(EntryKind.HOST, "*".repeat(300), "servicenow"));
        organisation.pipeInput("EXERCISE red team", (OrganisationEntry) null);
        assertThat(audit.isEmpty()).isTrue();

        harness.advanceWallClock(Duration.ofMinutes(1));
        harness.advanceWallClock(Duration.ofMinutes(1));

        var entries = audit.readValuesToList();
        assertThat(entries)
                .extracting(AuditEntry::getWho, AuditEntry::getWhat, AuditEntry::getOutcome, AuditEntry::getCount)
                .containsExactly(
                        tuple("servicenow", "hosts set", AuditOutcome.ACCEPTED, 500L),
                        tuple("mallory", "EXERCISE red team", AuditOutcome.ACCEPTED, 1L),
                        tuple("servicenow", "hosts set", AuditOutcome.REFUSED, 1L),
                        tuple("mallory", "EXERCISE red team", AuditOutcome.ACCEPTED, 1L));
        assertThat(entries.get(1).getBefore()).isNull();
        assertThat(entries.get(1).getAfter()).contains("red team");
        assertThat(entries.get(3).getBefore()).contains("red team");
        assertThat(entries.get(3).getAfter()).isNull();
    }

    private static void organise(TestInputTopic<String, OrganisationEntry> topic, OrganisationEntry entry) {
        topic.pipeInput(OrganisationTable.key(entry), entry);
    }

    private static OrganisationEntry entry(EntryKind kind, String name, String source) {
        return OrganisationEntry.newBuilder()
                .setKind(kind)
                .setNames(List.of(name))
                .setPlaces(kind == EntryKind.EXERCISE ? List.of("training.example") : List.of())
                .setSource(source)
                .setFrom(kind == EntryKind.EXERCISE ? TopologyHarness.START : null)
                .setUntil(kind == EntryKind.EXERCISE ? TopologyHarness.START.plus(Duration.ofDays(1)) : null)
                .build();
    }

    @Test
    void everyRevisionIsCounted() {
        detections.pipeInput(Stories.HOST, Stories.executed());

        assertThat(Metric.CASES
                        .counter(harness.meters(), "lifecycle", "create", "tier", "2")
                        .count())
                .isEqualTo(1);
        assertThat(SoarTopic.of(alerts.readValue())).isEqualTo(SoarTopic.TIER_2);
    }

    private static Detection other(int number, Detection story) {
        return Detection.newBuilder(story)
                .setDetectionId(id(number))
                .setHost("ws-" + number)
                .setUser("corp\\user" + number)
                .build();
    }

    /** Another chain of the host: other events, another place. */
    private static Detection elsewhere(Detection story) {
        return Detection.newBuilder(story)
                .setDetectionId(id(7))
                .setTenantKey("other.top")
                .setEvidence(story.getEvidence().stream()
                        .map(item -> new StageEvidence(
                                item.getStage(),
                                Evidence.newBuilder(item.getEvidence())
                                        .setEvent(Event.newBuilder(
                                                        item.getEvidence().getEvent())
                                                .setEventId("other"
                                                        + item.getEvidence()
                                                                .getEvent()
                                                                .getEventId())
                                                .build())
                                        .build()))
                        .toList())
                .build();
    }

    private static String id(int number) {
        return new UUID(0, number).toString();
    }

    private long stored(String store) {
        try (var all = harness.driver().getKeyValueStore(store).all()) {
            long count = 0;
            for (; all.hasNext(); all.next()) {
                count++;
            }
            return count;
        }
    }

    private static Detection revised(Detection detection, int revision, DetectionChange change) {
        return Detection.newBuilder(detection)
                .setRevision(revision)
                .setChange(change)
                .build();
    }

    private static Instant time(TestRecord<?, ?> record) {
        return Objects.requireNonNull(record.getRecordTime());
    }

    private static String at(String json, String pointer) {
        return JSON.readTree(json).at(pointer).asString();
    }

    private static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
