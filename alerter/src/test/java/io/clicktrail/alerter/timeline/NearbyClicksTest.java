package io.clicktrail.alerter.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.render.CaseText;
import io.clicktrail.alerter.render.TextStyle;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.Url;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearbyClicksTest {

    private static final String EARLIER = "https://corp.sharepoint.com/budget.xlsx";

    @Test
    void anEarlierClickOnAnotherSiteStandsAfterTheTimeline() {
        Alert alert = Stories.alert(withEarlierClick("corp.sharepoint.com", Stories.links(4)));

        assertThat(NearbyClicks.of(alert))
                .singleElement()
                .satisfies(item -> assertThat(item.getWhat()).contains("corp[.]sharepoint[.]com"));
        for (String text : List.of(CaseText.of(alert, TextStyle.PLAIN), alert.getDescriptionMd())) {
            assertThat(text.indexOf("budget.xlsx"))
                    .isGreaterThan(text.indexOf("Nearby"))
                    .isGreaterThan(text.indexOf("Invoice-4711"));
        }
    }

    @Test
    void aClickOnTheSameSiteStaysInTheTimeline() {
        assertThat(NearbyClicks.of(Stories.alert(withEarlierClick(Stories.SITE, Stories.links(4)))))
                .isEmpty();
    }

    @Test
    void whereNoClickIsSurelyTheOneAllStayInTheTimeline() {
        var weak = new Link(
                Stage.CLICK,
                Stories.id(1),
                Stage.EGRESS,
                Stories.id(2),
                LinkGrade.SAME_APPLICATION,
                "the same browser");

        assertThat(NearbyClicks.of(Stories.alert(withEarlierClick("corp.sharepoint.com", List.of(weak)))))
                .isEmpty();
    }

    private static Detection withEarlierClick(String site, List<Link> links) {
        Evidence click = Stories.click().getEvidence();
        Event earlier = Event.newBuilder(click.getEvent())
                .setEventId(Stories.id(9))
                .setTime(Stories.CLICK_TIME.minusSeconds(560))
                .setUrl(new Url(EARLIER))
                .build();
        var evidence = new ArrayList<StageEvidence>(Stories.executed().getEvidence());
        evidence.add(new StageEvidence(
                Stage.CLICK,
                Evidence.newBuilder(click)
                        .setEvent(earlier)
                        .setDomain(DomainRisk.newBuilder(Stories.lookAlike())
                                .setHost(site)
                                .setTenantKey(site)
                                .build())
                        .build()));
        return Detection.newBuilder(Stories.withEvidence(Stories.executed(), evidence))
                .setLinks(links)
                .build();
    }
}
