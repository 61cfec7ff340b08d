package io.clicktrail.alerter.campaign;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CampaignMember;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Reached;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.detection.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CampaignCaseTest {

    private static final Instant FIRST = Stories.executed().getFirstEventTime();

    @Test
    void oneHostIsNoCampaign() {
        Alert one = requireNonNull(CampaignCase.with(null, host(0, Stories.contacted())));

        assertThat(CampaignCase.isSent(one)).isFalse();
    }

    @Test
    void theSecondHostOpensOneCaseWithItsOwnTierAndEachActionOnce() {
        Alert campaign = of(host(0, Stories.contacted()), host(1, Stories.executed()));

        assertThat(campaign.getLifecycle()).isEqualTo(Lifecycle.CREATE);
        assertThat(campaign.getRevision()).isEqualTo(1);
        assertThat(campaign.getTitle()).isEqualTo("Campaign: 2 hosts followed links to rnicrosoft-billing[.]top");
        assertThat(campaign.getLabels()).containsExactly(CampaignCase.LABEL);
        assertThat(campaign.getEscalation().getTier()).isEqualTo(2);
        assertThat(campaign.getEscalation().getReasons())
                .containsExactly("2 hosts have cases with the same site or file", "code ran on 1 of them");
        assertThat(campaign.getUser()).isNull();
        assertThat(campaign.getRecommendedActions().stream().map(RecommendedAction::getActionId))
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(host(1, Stories.executed()).getRecommendedActions().stream()
                        .map(RecommendedAction::getActionId)
                        .toList());
        assertThat(campaign.getRecommendedActions().stream().map(RecommendedAction::getVerb))
                .contains(ActionVerb.DENY, ActionVerb.QUERY)
                .doesNotContain(ActionVerb.CONTAIN, ActionVerb.STOP);
        RecommendedAction notice = campaign.getRecommendedActions().getLast();
        assertThat(notice.getVerb()).isEqualTo(ActionVerb.NOTIFY);
        assertThat(notice.getTargetSpecifiers()).extracting("value").containsExactly("corp\\user0", "corp\\user1");
    }

    @Test
    void itsHostsAreInTimeOrderWithHowFarEachWent() {
        Alert campaign = of(host(2, Stories.downloaded()), host(1, Stories.executed()), host(0, Stories.contacted()));

        assertThat(campaign.getCampaignMembers())
                .extracting(CampaignMember::getHostname)
                .containsExactly("ws-0.corp.example", "ws-1.corp.example", "ws-2.corp.example");
        assertThat(campaign.getCampaignMembers())
                .extracting(CampaignMember::getReached)
                .containsExactly(Reached.CONTACTED, Reached.RAN_CODE, Reached.WROTE_FILE);
        assertThat(campaign.getDescriptionMd())
                .contains("- 2026-03-03T09:15:07.120Z ws\\-1.corp.example, corp\\\\user1: Code ran");
        assertThat(campaign.getFirstEventTime()).isEqualTo(FIRST);
    }

    @Test
    void aCaseThatIsDeliveredAgainChangesNothing() {
        Alert one = host(0, Stories.contacted());
        Alert campaign = of(one, host(1, Stories.executed()));

        assertThat(CampaignCase.with(campaign, one)).isSameAs(campaign);
    }

    @Test
    void fiveHostsGoToTierThree() {
        Alert campaign = of(
                host(0, Stories.contacted()),
                host(1, Stories.contacted()),
                host(2, Stories.contacted()),
                host(3, Stories.contacted()),
                host(4, Stories.contacted()));

        assertThat(campaign.getEscalation().getTier()).isEqualTo(3);
        assertThat(campaign.getAffectedDeviceCount()).isEqualTo(5);
        assertThat(campaign.getRevision()).isEqualTo(4);
    }

    @Test
    void theWorstHostLendsItsEvidenceAndSeverity() {
        Alert campaign = of(host(0, Stories.contacted()), host(1, Stories.executed()));

        assertThat(campaign.getSeverity()).isEqualTo(Severity.HIGH);
        assertThat(campaign.getDevice().getHostname()).isEqualTo("ws-1.corp.example");
    }

    @Test
    void itClosesWithTheLastCaseOfItsHosts() {
        Alert one = host(0, Stories.contacted());
        Alert two = host(1, Stories.executed());
        Alert campaign = of(one, two, closed(one));
        assertThat(campaign.getLifecycle()).isEqualTo(Lifecycle.UPDATE);

        Alert over = requireNonNull(CampaignCase.with(campaign, closed(two)));

        assertThat(over.getLifecycle()).isEqualTo(Lifecycle.CLOSE);
        assertThat(over.getState()).isEqualTo(CaseState.RESOLVED);
    }

    @Test
    void aHostTwoDaysLaterBeginsAnotherCampaign() {
        Alert campaign = of(host(0, Stories.contacted()), host(1, Stories.executed()));

        Alert next = requireNonNull(CampaignCase.with(campaign, host(2 * 24 * 60, Stories.executed())));

        assertThat(next.getAlertId()).isNotEqualTo(campaign.getAlertId());
        assertThat(CampaignCase.isSent(next)).isFalse();
    }

    @Test
    void aFloodOfHostsStaysBounded() {
        Alert campaign = null;
        for (int number = 0; number < 200; number++) {
            campaign = CampaignCase.with(campaign, host(number, Stories.executed()));
        }

        assertThat(requireNonNull(campaign).getCampaignMembers()).hasSize(CampaignCase.MAX_MEMBERS);
        assertThat(campaign.getRevision()).isEqualTo(CampaignCase.MAX_MEMBERS - 1);
        assertThat(campaign.getRecommendedActions()).hasSizeLessThanOrEqualTo(CampaignCase.MAX_ACTIONS + 1);
    }

    @Test
    void aFoldedCaseBeginsNoneAndLeavesTheOneThatItWasIn() {
        Alert one = host(0, Stories.contacted());
        Alert folded = CaseCopy.of(one).setDuplicateOf("another").build();

        assertThat(CampaignCase.with(null, folded)).isNull();
        Alert campaign = of(one, host(1, Stories.executed()), folded);
        assertThat(campaign.getCampaignMembers().getFirst().getOpen()).isFalse();
    }

    private static Alert of(Alert... cases) {
        Alert campaign = null;
        for (Alert each : cases) {
            campaign = CampaignCase.with(campaign, each);
        }
        return requireNonNull(campaign);
    }

    private static Alert closed(Alert hostCase) {
        return CaseCopy.of(hostCase).setLifecycle(Lifecycle.CLOSE).build();
    }

    /** The case of a host some minutes after the first. */
    private static Alert host(int minutes, Detection story) {
        Duration later = Duration.ofMinutes(minutes);
        Detection own = Detection.newBuilder(story)
                .setDetectionId(new UUID(11, minutes).toString())
                .setHost("ws-" + minutes + ".corp.example")
                .setUser("corp\\user" + minutes)
                .setFirstEventTime(story.getFirstEventTime().plus(later))
                .setLastEventTime(story.getLastEventTime().plus(later))
                .setDetectedTime(story.getDetectedTime().plus(later))
                .build();
        return Alert.newBuilder(Stories.alert(own))
                .setCampaignKey("site:" + Stories.SITE)
                .setRelatedAlerts(List.of())
                .build();
    }
}
