package io.clicktrail.alerter.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alerter.Stories;
import io.clicktrail.detection.Detection;
import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import io.clicktrail.state.Finding;
import io.clicktrail.state.Seen;
import io.clicktrail.state.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CaseContextTest {
    private static final Detection CHAIN = Detection.newBuilder(Stories.executed())
            .setHost("ws-7.corp.example")
            .build();

    @Test
    void aMachineIsCountedOnceUnderItsShortAndItsQualifiedName() {
        assertThat(withCasesOn("ws-7").devices()).isEqualTo(1);
        assertThat(withCasesOn("ws-7").campaignKey()).isNull();
        assertThat(withCasesOn("ws-8", "ws-8.corp.example").devices()).isEqualTo(2);
        assertThat(withCasesOn("ws-8", "ws-9.corp.example").devices()).isEqualTo(3);
        assertThat(withCasesOn("ws-77", "ws-7.branch.example").devices()).isEqualTo(3);
    }

    @Test
    void itsShortNameIsNoOtherHostThatContactedTheSite() {
        assertThat(withCasesOn("ws-7", "ws-8").spread()).containsExactly("ws-8");
    }

    @Test
    void whoContactedTheSiteUnderAShortNameFirstIsCountedOnceUnderTheQualifiedOne() {
        assertThat(withCasesOn("ws-8", "ws-8.corp.example").hosts())
                .extracting(Seen::getKey)
                .containsExactly("ws-8.corp.example");
        assertThat(withCasesOn("ws-8", "ws-8.corp.example", "ws-8.branch.example")
                        .hosts())
                .as("the short name may be of either")
                .hasSize(3);
    }

    @Test
    void whatIsKnownOfASubjectThatTheChainNoLongerHasDoesNotCount() {
        var named = Detection.newBuilder(CHAIN).setUser("alice@corp.example").build();
        Finding ofId = Finding.newBuilder()
                .setSubject(Subjects.user("corp\\a.meyer"))
                .setKnown(Subject.newBuilder(SubjectHistory.EMPTY)
                        .setFacts(List.of(chainBefore("other.corp.example")))
                        .build())
                .setDetectionId(CHAIN.getDetectionId())
                .build();
        var before = Detection.newBuilder(CHAIN).setUser("corp\\a.meyer").build();

        assertThat(CaseContext.of(before, List.of(ofId)).earlier()).hasSize(1);
        assertThat(CaseContext.of(named, List.of(ofId)).earlier()).isEmpty();
    }

    @Test
    void aNameThatEachHostHasIsNoSubjectOfSeveral() {
        for (String user : List.of("501", "root", "Administrator")) {
            assertThat(Subjects.of(Detection.newBuilder(CHAIN).setUser(user).build()))
                    .noneMatch(subject -> subject.startsWith("user:"));
        }
        assertThat(Subjects.of(Detection.newBuilder(CHAIN).setUser("501").build()))
                .noneMatch(subject -> subject.startsWith("account:") || subject.startsWith("mail"));
        assertThat(Subjects.of(Detection.newBuilder(CHAIN)
                        .setUser("corp\\administrator")
                        .build()))
                .contains("user:corp\\administrator");
    }

    private static Fact chainBefore(String host) {
        return Fact.newBuilder()
                .setKind(FactKind.CHAIN)
                .setId("chain-" + host)
                .setTime(CHAIN.getFirstEventTime().minusSeconds(60))
                .setHost(host)
                .build();
    }

    /** Other chains of the site, on other hosts that contacted it. */
    private static CaseContext withCasesOn(String... hosts) {
        List<Fact> chains = Stream.of(hosts)
                .map(host -> Fact.newBuilder()
                        .setKind(FactKind.CHAIN)
                        .setId("chain-" + host)
                        .setTime(CHAIN.getFirstEventTime())
                        .setHost(host)
                        .build())
                .toList();
        List<Seen> seen = Stream.of(hosts)
                .map(host -> Seen.newBuilder()
                        .setKey(host)
                        .setFirst(CHAIN.getFirstEventTime())
                        .build())
                .toList();
        String site = Subjects.site(CHAIN.getTenantKey());
        Subject known = Subject.newBuilder(SubjectHistory.EMPTY)
                .setFacts(chains)
                .setHosts(seen)
                .build();
        return CaseContext.of(
                CHAIN,
                List.of(Finding.newBuilder()
                        .setSubject(site)
                        .setKnown(known)
                        .setDetectionId(CHAIN.getDetectionId())
                        .build()));
    }
}
