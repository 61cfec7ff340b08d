package io.clicktrail.alerter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.campaign.CampaignCase;
import io.clicktrail.alerter.context.SubjectHistory;
import io.clicktrail.alerter.lifecycle.RevisionDelay;
import io.clicktrail.alerter.render.AlertOcsfJson;
import io.clicktrail.context.Authentication;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Email;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.MailAction;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.clicktrail.feedback.Verdict;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.testkit.TopologyHarness;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a SOAR relies on, end to end through the topology. */
class SoarTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_BYTES = 256 * 1024;

    @Test
    void replayOfTheSameInputMakesTheSameCasesAndOneDocumentEach() {
        var elastic = new Consumers.ElasticsearchSink();
        var hive = new Consumers.TheHive();
        Map<String, String> first = play(elastic, hive, 0);
        Map<String, String> second = play(elastic, hive, 1000);

        assertThat(second).isEqualTo(first).hasSize(2);
        assertThat(elastic.documents()).containsOnlyKeys(first.keySet());
        assertThat(hive.references()).hasSize(2);
        assertThat(hive.refused()).isEqualTo(2);
    }

    @Test
    void aLateEarlierEventKeepsTheIdAndRaisesTheRevision() {
        try (var run = new Run(Map.of())) {
            Detection late = Detection.newBuilder(Stories.downloaded())
                    .setEvidence(Stories.downloaded().getEvidence().subList(1, 5))
                    .setEvidenceTotal(4)
                    .setFirstEventTime(Stories.CLICK_TIME.plusMillis(1310))
                    .setContentHash("without its click")
                    .build();
            run.detect(late);
            Alert before = run.last(late.getDetectionId());
            run.detect(revised(Stories.downloaded(), 2, DetectionChange.REVISED));

            Alert after = run.last(late.getDetectionId());
            assertThat(after.getRevision()).isEqualTo(before.getRevision() + 1);
            assertThat(after.getFirstEventTime()).isBefore(before.getFirstEventTime());
            assertThat(after.getChangeReason()).isEqualTo(ChangeReason.NEW_STAGE);
        }
    }

    @Test
    void aCloseNeverComesBeforeItsCreate() {
        try (var run = new Run(Map.of("storm.per-device", "1"))) {
            run.detect(chain(1, "one.top"));
            run.detect(chain(2, "two.top"));
            run.detect(revised(chain(2, "two.top"), 2, DetectionChange.CLOSED));
            run.detect(revised(chain(1, "one.top"), 2, DetectionChange.CLOSED));

            assertThat(run.tier1.readKeyValuesToList())
                    .filteredOn(record -> !record.value.contains("\"summary\""))
                    .extracting(record -> record.key)
                    .containsExactly(id(1));
            assertThat(run.updates.readKeyValuesToList())
                    .extracting(record -> record.key)
                    .as("what was held back is not closed where it was never opened")
                    .containsExactly(id(1));
            assertThat(run.last(id(2)).getLifecycle()).isEqualTo(Lifecycle.CLOSE);
        }
    }

    @Test
    void aStormBecomesSummariesWhileHighCasesPassAndNothingIsLost() {
        int cases = 250;
        try (var run = new Run(Map.of("storm.per-rule", "20", "storm.per-device", "5"))) {
            for (int number = 0; number < cases; number++) {
                run.detect(
                        onHost(chain(number, "site" + number + ".top"), "ws-" + number % 50),
                        TopologyHarness.START.plusMillis(number * 6L));
            }
            Detection high = Detection.newBuilder(Stories.executed())
                    .setDetectionId(id(5000))
                    .setHost("ws-7")
                    .build();
            run.detect(high, TopologyHarness.START.plusSeconds(10));
            assertThat(run.tier2.readKeyValuesToList())
                    .as("a high case does not wait")
                    .extracting(record -> record.key)
                    .containsExactly(id(5000));
            for (int look = 0; look < cases; look++) {
                run.harness.advanceWallClock(RevisionDelay.CHECK_INTERVAL);
            }
            run.harness.advanceWallClock(Duration.ofMinutes(6));

            List<String> opened = new ArrayList<>(run.tier1.readValuesToList());
            opened.addAll(run.tier2.readValuesToList());
            assertThat(opened).filteredOn(value -> !summary(value)).hasSize(20);
            assertThat(opened).filteredOn(SoarTest::summary).singleElement().satisfies(value -> {
                assertThat(at(value, "/count")).isEqualTo(Integer.toString(cases - 20 + 1));
                assertThat(at(value, "/finding_info/title")).contains((cases - 20) + " more cases of AN0178");
            });
            Map<String, Alert> last = run.last();
            for (int number = 0; number < cases; number++) {
                assertThat(last).containsKey(id(number));
            }
            assertThat(last.values())
                    .filteredOn(alert -> alert.getState() == CaseState.SUPPRESSED)
                    .hasSize(cases - 20);
            assertThat(Metric.CASES_SUPPRESSED
                            .counter(run.harness.meters(), "limit", "rule")
                            .count())
                    .isEqualTo(cases - 20);
        }
    }

    @Test
    void everyValueIsPlainJsonThatXsoarTakes() throws CharacterCodingException {
        var xsoar = new Consumers.Xsoar();
        try (var run = new Run(Map.of())) {
            run.detect(HostileText.flood("\u202E<img>\\\"请😀".repeat(100), 24));
            run.detect(chain(2, "two.top"));
            for (var topic : List.of(run.tier1, run.tier2)) {
                for (String value : topic.readValuesToList()) {
                    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                    assertThat(bytes[0]).isEqualTo((byte) '{');
                    assertThat(bytes.length).isLessThan(MAX_BYTES);
                    xsoar.fetch(bytes);
                }
            }
        }
        assertThat(xsoar.mapped()).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.path("class_uid").asInt()).isEqualTo(2004);
            assertThat(finding.at("/unmapped/det0066/alert_id").asString()).isNotBlank();
        });
    }

    @Test
    void noAcknowledgementRaisesTheTierByTheWallClockAndAnAcknowledgementStopsIt() {
        try (var run = new Run(Map.of())) {
            run.detect(Stories.downloaded());
            run.harness.advanceWallClock(Duration.ofMinutes(59));
            assertThat(run.updates.readValuesToList())
                    .noneMatch(value -> at(value, "/status_detail").startsWith("escalated"));

            run.harness.advanceWallClock(Duration.ofMinutes(2));
            assertThat(run.updates.readValuesToList()).singleElement().satisfies(value -> {
                assertThat(at(value, "/unmapped/det0066/escalation_tier")).isEqualTo("2");
                assertThat(at(value, "/status_detail")).startsWith("escalated: not acknowledged within 60 min");
            });

            run.say("{\"alert_id\":\"" + Stories.downloaded().getDetectionId()
                    + "\",\"kind\":\"acknowledge\",\"at\":\"2026-03-03T10:00:00Z\",\"actor\":\"bob\"}");
            run.updates.readValuesToList();
            run.harness.advanceWallClock(Duration.ofDays(2));

            assertThat(run.updates.isEmpty()).isTrue();
            assertThat(run.last().values())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getState()).isEqualTo(CaseState.IN_PROGRESS));
        }
    }

    @Test
    void aVerdictClosesTheCaseAlsoWhenItComesBeforeTheCaseAndGarbageIsCounted() {
        try (var run = new Run(Map.of())) {
            run.say("{\"alert_id\":\"" + Stories.downloaded().getDetectionId()
                    + "\",\"kind\":\"verdict\",\"verdict\":\"benign\",\"at\":\"2026-03-03T10:00:00Z\"}");
            run.say("\u0000garbage");
            run.detect(Stories.downloaded());

            List<Alert> alerts = run.alerts();
            assertThat(alerts).extracting(Alert::getChangeReason).contains(ChangeReason.FEEDBACK);
            assertThat(alerts.getLast().getLifecycle()).isEqualTo(Lifecycle.CLOSE);
            assertThat(Metric.CASE_FEEDBACK_REFUSED
                            .counter(run.harness.meters(), "reason", "not_json")
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aSharedHostIsNeverDeniedAsADomain() {
        for (Detection story : List.of(Stories.executed(), Stories.downloaded(), Stories.contacted())) {
            Alert alert = Stories.alert(Stories.withDomain(story, Stories.sharedTenant()));

            assertThat(alert.getRecommendedActions())
                    .noneMatch(action ->
                            action.getVerb() == ActionVerb.DENY && action.getTargetType() == ActionTarget.DOMAIN_NAME);
        }
    }

    @Test
    void textFromLogsIsNeutralInWhatASoarShows() {
        String value = AlertOcsfJson.of(Stories.alert(HostileText.detection()));

        assertThat(value).doesNotContain("\u202E", "\u0000", "\u001b", "\u200B");
        assertThat(at(value, "/finding_info/desc")).doesNotContain("https://evil.top");
    }

    @Test
    void lateMailAnswersWhoGotTheLinkAndOtherHostsRaiseTheTier() {
        try (var run = new Run(Map.of())) {
            run.detect(Stories.downloaded());
            run.event("gateway", mail());
            run.evidence(contact("ws-077", "corp\\bob", 77));

            Alert alert = run.last(Stories.downloaded().getDetectionId());
            assertThat(answer(alert, "Q2"))
                    .contains("message <m1@mail.example>", "from billing@", "4 minutes before", "carol@corp.example");
            assertThat(answer(alert, "Q14")).contains("ws-077", "bob");
            assertThat(answer(alert, "Q10")).startsWith("None");
            assertThat(alert.getEscalation().getTier()).isEqualTo(2);
            assertThat(alert.getEscalation().getReasons()).anyMatch(reason -> reason.startsWith("1 other host"));
            assertThat(alert.getRecommendedActions())
                    .anyMatch(action -> action.getVerb() == ActionVerb.DELETE
                            && action.getTarget().equals("<m1@mail.example>"));
        }
    }

    @Test
    void aSignInAnHourLaterAndAMailTakenBackTheNextDayReviseTheSameCaseOnceEach() {
        try (var run = new Run(Map.of())) {
            run.event("gateway", mail());
            run.detect(Stories.downloaded());
            Alert first = run.last(Stories.downloaded().getDetectionId());

            run.fact(signIn());
            Alert signedIn = run.last(first.getAlertId());
            assertThat(signedIn.getRevision()).isEqualTo(first.getRevision() + 1);
            assertThat(answer(signedIn, "Q5")).contains("2026-03-03T10:14:07Z", "high risk by the identity provider");
            assertThat(signedIn.getEscalation().getTier()).isEqualTo(2);

            run.event("gateway", takenBack());
            Alert takenBack = run.last(first.getAlertId());
            assertThat(takenBack.getRevision()).isEqualTo(signedIn.getRevision() + 1);
            assertThat(answer(takenBack, "Q2")).contains("It was taken out of the mailbox at 2026-03-04T09:14:07Z.");

            run.fact(signIn());
            run.event("gateway", takenBack());
            assertThat(run.last()).hasSize(1);
            assertThat(run.last(first.getAlertId()).getRevision()).isEqualTo(takenBack.getRevision());
        }
    }

    @Test
    void aFloodOfSignInsStaysBoundedAndWhatIsDisplacedIsCounted() {
        try (var run = new Run(Map.of())) {
            run.detect(Stories.downloaded());
            for (int number = 0; number < 200; number++) {
                run.fact(ContextFact.newBuilder(signIn())
                        .setEventId("sign-in" + number)
                        .setTime(Stories.CLICK_TIME.plusSeconds(number))
                        .build());
            }

            assertThat(run.last()).hasSize(1);
            assertThat(run.displaced()).isEqualTo(200 - SubjectHistory.MAX_LOGONS);
        }
    }

    @Test
    void anAlertOfEndpointProtectionAfterTheClickGoesToTierTwo() {
        try (var run = new Run(Map.of())) {
            run.detect(Stories.downloaded());
            run.event(Stories.HOST, endpointAlert());

            Alert alert = run.last(Stories.downloaded().getDetectionId());
            assertThat(alert.getEscalation().getTier()).isEqualTo(2);
            assertThat(answer(alert, "Q13")).contains("Suspicious script", "microsoft.defender");
        }
    }

    @Test
    void casesOfOneSiteOnSeveralHostsAreACampaign() {
        try (var run = new Run(Map.of())) {
            for (int number = 1; number <= 5; number++) {
                run.detect(onHost(chain(number, "evil-login.top"), "ws-" + number));
            }

            assertThat(run.last().values()).hasSize(6).allSatisfy(alert -> {
                assertThat(alert.getCampaignKey()).isEqualTo("site:evil-login.top");
                assertThat(alert.getAffectedDeviceCount()).isEqualTo(5);
                assertThat(alert.getEscalation().getTier()).isEqualTo(3);
            });
            assertThat(run.last().values())
                    .filteredOn(alert -> alert.getLabels().contains(CampaignCase.LABEL))
                    .singleElement()
                    .satisfies(campaign -> {
                        assertThat(campaign.getTitle())
                                .isEqualTo("Campaign: 5 hosts followed links to evil-login[.]top");
                        assertThat(campaign.getRelatedAlerts()).hasSize(5);
                        assertThat(campaign.getRouting()).containsExactly("soar.updates");
                    });
        }
    }

    @Test
    void aVerdictOnACampaignClosesTheCasesOfItsHostsAndItself() {
        try (var run = new Run(Map.of())) {
            for (int number = 1; number <= 2; number++) {
                run.detect(onHost(chain(number, "evil-login.top"), "ws-" + number));
            }
            Alert campaign = run.last().values().stream()
                    .filter(alert -> alert.getLabels().contains(CampaignCase.LABEL))
                    .findFirst()
                    .orElseThrow();

            run.say("{\"alert_id\": \"" + campaign.getAlertId()
                    + "\", \"kind\": \"verdict\", \"verdict\": \"true_positive\", \"destination\": \"xsoar\","
                    + " \"at\": \"2026-03-03T11:00:00Z\", \"actor\": \"bob\"}");

            assertThat(run.last().values())
                    .hasSize(3)
                    .allSatisfy(alert -> assertThat(alert.getLifecycle())
                            .as(alert.getTitle())
                            .isEqualTo(Lifecycle.CLOSE));
            assertThat(run.last().values())
                    .filteredOn(alert -> alert.getHandling() != null)
                    .hasSize(2)
                    .allSatisfy(alert ->
                            assertThat(alert.getHandling().getVerdict()).isEqualTo(Verdict.TRUE_POSITIVE));
        }
    }

    @Test
    void theOrderOfDeliveryDoesNotChangeWhatCasesSayInTheEnd() {
        long seed = 20_260_303;
        var random = new Random(seed);
        Map<String, String> expected = null;
        for (int round = 0; round < 4; round++) {
            try (var run = new Run(Map.of())) {
                List<Runnable> deliveries = new ArrayList<>(List.of(
                        () -> run.detect(chain(1, "evil-login.top")),
                        () -> run.detect(onHost(chain(2, "evil-login.top"), "ws-077")),
                        () -> run.event("gateway", mail()),
                        () -> run.event(Stories.HOST, endpointAlert()),
                        () -> run.evidence(contact("ws-080", "corp\\dave", 80)),
                        () -> run.evidence(contact("ws-081", "corp\\erin", 81)),
                        () -> run.evidence(contact("ws-081", "corp\\erin", 81))));
                Collections.shuffle(deliveries, random);
                deliveries.forEach(Runnable::run);

                Map<String, String> contents = run.contents();
                expected = expected == null ? contents : expected;
                assertThat(contents).as("seed %d, round %d", seed, round).isEqualTo(expected);
            }
        }
    }

    @Test
    void aDestinationGetsItsFormOfTheCasesThatItTakes() {
        try (var run = new Run(Map.of(
                "destinations.hive.format", "flat",
                "destinations.hive.tiers", "2,3",
                "destinations.tip.format", "stix",
                "destinations.tip.platforms", "linux"))) {
            run.detect(chain(1, "one.top"));
            run.detect(Stories.executed());

            var flat = run.harness.output(run.harness.topics().soarOpen("hive")).readKeyValuesToList();
            assertThat(flat).singleElement().satisfies(record -> {
                assertThat(at(record.value, "/alert_id")).isEqualTo(record.key);
                assertThat(at(record.value, "/file_sha256")).hasSize(64);
                assertThat(JSON.readTree(record.value)).noneMatch(field -> field.isObject());
            });
            assertThat(run.harness.output(run.harness.topics().soarOpen("tip")).isEmpty())
                    .isTrue();
        }
    }

    private static Map<String, String> play(
            Consumers.ElasticsearchSink elastic, Consumers.TheHive hive, long firstOffset) {
        try (var run = new Run(Map.of())) {
            run.detect(Stories.downloaded());
            run.detect(chain(2, "two.top"));
            run.detect(revised(Stories.executed(), 2, DetectionChange.REVISED));
            long offset = firstOffset;
            for (TestRecord<String, String> record : run.siem.readRecordsToList()) {
                elastic.put(record.key(), record.value(), offset++);
            }
            run.tier1.readValuesToList().forEach(hive::create);
            run.tier2.readValuesToList().forEach(hive::create);
            return run.contents();
        }
    }

    private static String answer(Alert alert, String id) {
        return alert.getAnalystQuestions().stream()
                .filter(question -> question.getId().equals(id))
                .map(AnalystQuestion::getAnswer)
                .findFirst()
                .orElseThrow();
    }

    private static boolean summary(String value) {
        return at(value, "/metadata/labels/0").equals("summary");
    }

    private static Event mail() {
        return Event.newBuilder(Stories.click().getEvidence().getEvent())
                .setEventId("mail1")
                .setKind(EventKind.EMAIL)
                .setTime(Stories.CLICK_TIME.minusSeconds(240))
                .setProcess(null)
                .setUrl(null)
                .setUser(null)
                .setEmail(Email.newBuilder()
                        .setMessageId("<m1@mail.example>")
                        .setFrom("billing@rnicrosoft-billing.top")
                        .setTo(List.of("alice@corp.example", "carol@corp.example"))
                        .setSubject("Invoice")
                        .setUrls(List.of(Stories.LINK, "https://www.example.org/unsubscribe"))
                        .build())
                .build();
    }

    private static Event takenBack() {
        return Event.newBuilder(mail())
                .setEventId("mail2")
                .setTime(Stories.CLICK_TIME.plus(Duration.ofDays(1)))
                .setEmail(Email.newBuilder(mail().getEmail())
                        .setUrls(List.of())
                        .setAction(MailAction.REMOVED)
                        .build())
                .build();
    }

    private static ContextFact signIn() {
        return ContextFact.newBuilder()
                .setKind(ContextKind.LOGON)
                .setEventId("sign-in")
                .setTime(Stories.CLICK_TIME.plus(Duration.ofHours(1)))
                .setDataset("microsoft.entra.sign-in")
                .setUser("alice@corp.example")
                .setAuthentication(Authentication.newBuilder()
                        .setAccount("alice@corp.example")
                        .setIp("203.0.113.150")
                        .setCountry("NG")
                        .setRisk("high")
                        .build())
                .build();
    }

    private static Event endpointAlert() {
        return Event.newBuilder(Stories.click().getEvidence().getEvent())
                .setEventId("alert1")
                .setKind(EventKind.SECURITY_ALERT)
                .setTime(Stories.CLICK_TIME.plusSeconds(60))
                .setSource(io.clicktrail.event.Source.newBuilder(
                                Stories.click().getEvidence().getEvent().getSource())
                        .setDataset("microsoft.defender")
                        .build())
                .setSecurityAlert(SecurityAlert.newBuilder()
                        .setTitle("Suspicious script")
                        .setSeverity("High")
                        .build())
                .build();
    }

    private static Evidence contact(String host, String user, int number) {
        return Stories.evidence(
                        Event.newBuilder(Stories.lookup().getEvidence().getEvent())
                                .setEventId("contact" + number)
                                .setTime(Stories.CLICK_TIME.plusSeconds(number))
                                .build(),
                        Role.EGRESS)
                .setHost(host)
                .setUser(user)
                .build();
    }

    /** A chain of medium severity without a file's hash, to a site of its own. */
    private static Detection chain(int number, String site) {
        DomainRisk domain = DomainRisk.newBuilder(Stories.lookAlike())
                .setHost(site)
                .setTenantKey(site)
                .build();
        Detection story = Stories.withDomain(Stories.downloaded(), domain);
        List<StageEvidence> own = story.getEvidence().subList(0, 4).stream()
                .map(item -> new StageEvidence(item.getStage(), ofChain(number, item.getEvidence())))
                .toList();
        return Detection.newBuilder(Stories.withEvidence(story, own))
                .setDetectionId(id(number))
                .build();
    }

    /** Evidence of a chain of its own: with the same click or file two chains of a host are one case. */
    private static Evidence ofChain(int number, Evidence evidence) {
        Event event = evidence.getEvent();
        return Evidence.newBuilder(evidence)
                .setEvent(Event.newBuilder(event)
                        .setEventId("chain" + number + "-" + event.getEventId())
                        .build())
                .build();
    }

    private static Detection onHost(Detection detection, String host) {
        return Detection.newBuilder(detection).setHost(host).build();
    }

    private static String id(int number) {
        return UUID.nameUUIDFromBytes(("chain" + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Detection revised(Detection detection, int revision, DetectionChange change) {
        return Detection.newBuilder(detection)
                .setRevision(revision)
                .setChange(change)
                .build();
    }

    private static String at(String json, String pointer) {
        return JSON.readTree(json).at(pointer).asString("");
    }

    /** One run of the alerter. */
    private static final class Run implements AutoCloseable {

        private final TopologyHarness harness;
        private final TestOutputTopic<String, Alert> alerts;
        private final TestOutputTopic<String, String> tier1;
        private final TestOutputTopic<String, String> tier2;
        private final TestOutputTopic<String, String> updates;
        private final TestOutputTopic<String, String> siem;
        private final Map<String, Alert> last = new TreeMap<>();

        Run(Map<String, String> settings) {
            AlerterSettings bound = TestSettings.with(settings);
            harness = new TopologyHarness(
                    (builder, topics, meters) -> AlerterTopology.build(builder, topics, bound, meters));
            alerts = harness.output(harness.topics().alerts());
            tier1 = harness.output(harness.topics().soarTier1());
            tier2 = harness.output(harness.topics().soarTier2());
            updates = harness.output(harness.topics().soarUpdates());
            siem = harness.output(harness.topics().siemEcs());
        }

        void detect(Detection detection) {
            detect(detection, TopologyHarness.START);
        }

        void detect(Detection detection, Instant delivered) {
            harness.input(harness.topics().detections()).pipeInput(detection.getHost(), detection, delivered);
        }

        void event(String key, Event event) {
            fact(TestFacts.of(key, event));
        }

        void evidence(Evidence evidence) {
            fact(TestFacts.of(evidence));
        }

        private void fact(ContextFact fact) {
            harness.input(harness.topics().context()).pipeInput("any", fact);
        }

        void say(String feedback) {
            harness.input(harness.topics().soarFeedback()).pipeInput(null, feedback);
        }

        /** Facts that a bound displaced. */
        int displaced() {
            return (int) Metric.CONTEXT_DISPLACED.counter(harness.meters()).count();
        }

        List<Alert> alerts() {
            return alerts.readValuesToList();
        }

        /** Lets the time pass that revisions wait for others. */
        void settle() {
            for (int second = 0; second < 65; second++) {
                harness.advanceWallClock(Duration.ofSeconds(1));
            }
        }

        /** The last revision of each case so far. */
        Map<String, Alert> last() {
            settle();
            alerts().forEach(alert -> last.put(alert.getAlertId(), alert));
            return last;
        }

        Alert last(String alertId) {
            return Objects.requireNonNull(last().get(alertId), alertId);
        }

        Map<String, String> contents() {
            var contents = new TreeMap<String, String>();
            last().forEach((id, alert) -> contents.put(id, alert.getContentHash()));
            return contents;
        }

        @Override
        public void close() {
            harness.close();
        }
    }
}
