package io.clicktrail.alerter.aftermath;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.context.SubjectFact;
import io.clicktrail.alerter.context.SubjectFacts;
import io.clicktrail.alerter.context.SubjectHistory;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.context.Volume;
import io.clicktrail.detection.Detection;
import io.clicktrail.event.Platform;
import io.clicktrail.state.Finding;
import io.clicktrail.state.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SentDataTest {

    private static final Instant HOUR = Stories.CLICK_TIME.truncatedTo(ChronoUnit.HOURS);

    @ParameterizedTest
    @EnumSource(
            value = Platform.class,
            names = {"WINDOWS", "LINUX", "MACOS"})
    void saysWhatWasSentToThePlaceOfTheChain(Platform platform) {
        Alert alert = alert(on(platform), sent(Stories.SITE, "zeek.conn", HOUR, 4_300_000, 3));

        assertThat(answer(alert))
                .isEqualTo(
                        "Yes: at least 2.0 MB to rnicrosoft-billing[.]top, with at least 2 uploads (POST or PUT) from"
                                + " 2026-03-03T09:00:00Z to 2026-03-03T10:00:00Z, counted by zeek.conn.");
        assertThat(question(alert).getEventIds()).isEmpty();
        assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.getSeverityReasons()).contains("data was sent out after the click");
        assertThat(alert.getEscalation().getReasons()).contains("data was sent out after the click");
    }

    @ParameterizedTest
    @EnumSource(
            value = Platform.class,
            names = {"WINDOWS", "LINUX", "MACOS"})
    void saysThatLittleWasSent(Platform platform) {
        Alert alert = alert(on(platform), sent(Stories.SITE, "zeek.conn", HOUR, 1_900, 0));

        assertThat(answer(alert))
                .isEqualTo("No: less than 10.0 kB an hour to rnicrosoft-billing[.]top from 2026-03-03T09:00:00Z to"
                        + " 2026-03-03T10:00:00Z, counted by zeek.conn; 1.0 MB a day count as data sent out (list of"
                        + " 2026-11-30).");
        assertThat(question(alert).getState()).isEqualTo(AnswerState.ANSWERED);
        assertThat(alert.getSeverity()).isEqualTo(Severity.HIGH);
    }

    @ParameterizedTest
    @EnumSource(
            value = Platform.class,
            names = {"WINDOWS", "LINUX", "MACOS"})
    void saysWhyItCannotBeMeasured(Platform platform) {
        Alert alert = alert(on(platform));

        assertThat(answer(alert))
                .isEqualTo("Not measurable, because what saw its connections counts no bytes sent (windows.sysmon,"
                        + " zeek.http).");
        assertThat(question(alert).getState()).isEqualTo(AnswerState.PARTLY);
        assertThat(question(alert).getMissingTelemetry())
                .containsExactly("bytes sent by connection (Zeek conn, Suricata flow, firewall or proxy)");
    }

    @Test
    void uploadsWithoutASizeAreAPerhaps() {
        ContextFact upload = sent(Stories.SITE, "squid.access", HOUR, 0, 1);
        Alert alert = alert(
                Stories.executed(),
                ContextFact.newBuilder(upload)
                        .setVolume(Volume.newBuilder(upload.getVolume())
                                .setTransfers(0)
                                .build())
                        .build());

        assertThat(answer(alert)).startsWith("Perhaps: 1 upload (POST or PUT) to rnicrosoft-billing[.]top;");
    }

    @Test
    void placesThatAreNewAfterTheClickCountAndOldOnesDoNot() {
        ContextFact fresh = sent("drop.example", "zeek.conn", HOUR, 9_000_000, 0);
        Alert alert = alert(
                Stories.executed(),
                sent("partner.example", "zeek.conn", HOUR, 70_000_000, 0),
                ContextFact.newBuilder(fresh)
                        .setVolume(Volume.newBuilder(fresh.getVolume())
                                .setFirstSeen(Stories.CLICK_TIME.plusSeconds(600))
                                .build())
                        .build());

        assertThat(answer(alert)).startsWith("Yes: at least 5.0 MB to drop.example from");
    }

    @Test
    void namesThatCarryAsMuchAsATunnelAreSaid() {
        ContextFact queries = sent(Stories.SITE, "zeek.dns", HOUR, 0, 0);
        Alert alert = alert(
                Stories.executed(),
                ContextFact.newBuilder(queries)
                        .setVolume(Volume.newBuilder()
                                .setHour(HOUR)
                                .setQueries(900)
                                .setQueryBytes(55_000)
                                .build())
                        .build());

        assertThat(answer(alert))
                .isEqualTo("Yes: names of rnicrosoft-billing[.]top carried at least 50.0 kB in DNS queries, as a tunnel"
                        + " does (list of 2026-11-30).");
    }

    @Test
    void aHostThatAlwaysSendsAsMuchIsNoNews() {
        var facts = new ArrayList<ContextFact>();
        for (int day = 1; day <= 5; day++) {
            facts.add(sent("partner.example", "zeek.conn", HOUR.minus(Duration.ofDays(day)), 2_000_000, 0));
        }
        facts.add(sent(Stories.SITE, "zeek.conn", HOUR, 2_000_000, 0));

        Alert alert = alert(Stories.executed(), facts.toArray(ContextFact[]::new));

        assertThat(answer(alert))
                .startsWith("No: at least 2.0 MB to")
                .endsWith("On an ordinary day the host sends 2.0 MB to untrusted places, all hosts together 2.0 MB.");
    }

    @Test
    void twoSensorsOfTheSameBytesCountOnce() {
        Alert alert = alert(
                Stories.executed(),
                sent(Stories.SITE, "zeek.conn", HOUR, 600_000, 0),
                sent(Stories.SITE, "fortigate.traffic", HOUR, 700_000, 0));

        assertThat(answer(alert)).startsWith("No: at least 500.0 kB to");
    }

    @Test
    void theOrderOfArrivalDoesNotMatterAndTheStateIsBounded() {
        long seed = 20_261_130;
        var random = new Random(seed);
        var facts = new ArrayList<ContextFact>();
        for (int number = 0; number < 60; number++) {
            facts.add(sent(
                    "place" + number % 20,
                    "zeek.conn",
                    HOUR.plus(Duration.ofHours(number / 20)),
                    1_000L * (1 + random.nextInt(9_000)),
                    random.nextInt(3)));
        }
        Map<String, Subject> expected = subjects(facts);
        for (int round = 0; round < 10; round++) {
            Collections.shuffle(facts, random);

            assertThat(subjects(facts)).as("seed %d", seed).isEqualTo(expected);
        }
        for (int number = 0; number < 200; number++) {
            facts.add(sent("more" + number, "zeek.conn", HOUR, 5, 0));
        }
        assertThat(Objects.requireNonNull(subjects(facts).get("sent:" + Stories.HOST))
                        .getFacts())
                .hasSize(SubjectHistory.MAX_TRANSFERS);
    }

    private static Detection on(Platform platform) {
        return Detection.newBuilder(Stories.executed()).setPlatform(platform).build();
    }

    private static ContextFact sent(String place, String dataset, Instant hour, long bytes, int uploads) {
        return ContextFact.newBuilder()
                .setKind(ContextKind.TRANSFER)
                .setEventId("sent-" + place + hour)
                .setTime(hour.plus(Duration.ofMinutes(20)))
                .setDataset(dataset)
                .setHost(Stories.HOST)
                .setTenantKey(place)
                .setVolume(Volume.newBuilder()
                        .setHour(hour)
                        .setSent(bytes)
                        .setAdded(bytes)
                        .setTransfers(3)
                        .setUploads(uploads)
                        .build())
                .build();
    }

    private static Alert alert(Detection detection, ContextFact... facts) {
        var findings = new ArrayList<Finding>();
        subjects(List.of(facts))
                .forEach((subject, known) -> findings.add(new Finding(detection.getDetectionId(), subject, known)));
        return new CaseFile(Stories.ORGANISATION)
                .of(detection, detection.getDetectionId(), CaseContext.of(detection, findings));
    }

    private static Map<String, Subject> subjects(List<ContextFact> facts) {
        var subjects = new TreeMap<String, Subject>();
        for (ContextFact fact : facts) {
            for (SubjectFact note : SubjectFacts.of(fact)) {
                subjects.put(
                        note.subject(),
                        SubjectHistory.with(
                                subjects.getOrDefault(note.subject(), SubjectHistory.EMPTY), note.content()));
            }
        }
        return subjects;
    }

    private static AnalystQuestion question(Alert alert) {
        return alert.getAnalystQuestions().stream()
                .filter(question -> question.getId().equals("Q16"))
                .findFirst()
                .orElseThrow();
    }

    private static String answer(Alert alert) {
        return question(alert).getAnswer();
    }
}
