package io.clicktrail.alerter.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Approval;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alerter.Stories;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.File;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.SuffixKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {

    @Test
    void weighsTheFourStepsOfThePlaybookInEveryCase() {
        for (Detection detection : List.of(Stories.executed(), Stories.downloaded(), Stories.contacted())) {
            String all = weighed(Stories.alert(detection)).toLowerCase(Locale.ROOT);

            assertThat(all).contains("block the link", "block the domain", "isolate ", "notify", "capture traffic");
        }
    }

    @Test
    void isolatesOnlyWhereCodeRan() {
        assertThat(verbs(Stories.executed())).contains(ActionVerb.CONTAIN + " " + ActionTarget.DEVICE);
        assertThat(verbs(Stories.downloaded())).doesNotContain(ActionVerb.CONTAIN + " " + ActionTarget.DEVICE);
        assertThat(Stories.alert(Stories.downloaded()).getWithheldActions())
                .anySatisfy(action -> assertThat(action.getReason()).contains("no code ran"));
    }

    @Test
    void neverBlocksADomainOnSharedHostingButItsTenantsLinks() {
        Alert alert = Stories.alert(Stories.withDomain(Stories.executed(), Stories.sharedTenant()));

        assertThat(alert.getRecommendedActions())
                .noneMatch(action -> action.getTargetType() == ActionTarget.DOMAIN_NAME);
        assertThat(alert.getRecommendedActions())
                .anyMatch(action -> action.getVerb() == ActionVerb.DENY
                        && action.getTarget().equals("https://billing-4711.pages.dev/"));
    }

    @Test
    void neverBlocksTheParentOfASharedHost() {
        DomainRisk parent = DomainRisk.newBuilder(Stories.sharedTenant())
                .setHost("sites.google.com")
                .setTenantKey("google.com")
                .setSuffixKind(SuffixKind.ICANN)
                .build();

        assertThat(denied(Stories.withDomain(Stories.executed(), parent)))
                .noneMatch(target -> target.contains("google.com/") || target.equals("google.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"co.uk", "github.io", "pages.dev", "com", "s3.amazonaws.com"})
    void neverBlocksAPublicSuffix(String suffix) {
        assertThat(deniedDomains(domain(suffix, SuffixKind.ICANN))).isEmpty();
    }

    @Test
    void neverBlocksWhatIsAllowedOrInternal() {
        DomainRisk allowed = DomainRisk.newBuilder(Stories.lookAlike())
                .setAllowList("*.top: partner until 2026-12-31")
                .build();
        DomainRisk internal =
                DomainRisk.newBuilder(Stories.lookAlike()).setInternal(true).build();

        assertThat(denied(Stories.withDomain(Stories.executed(), allowed))).isEmpty();
        assertThat(denied(Stories.withDomain(Stories.executed(), internal))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.16.0.9",
                "192.168.1.1",
                "127.0.0.1",
                "169.254.7.7",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.5",
                "255.255.255.255",
                "::1",
                "fe80::1",
                "fd00::7",
                "ff02::1"
            })
    void neverBlocksPrivateOrSpecialAddresses(String address) {
        assertThat(denied(Stories.withDomain(Stories.executed(), domain(address, SuffixKind.ADDRESS))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.77", "2a03:2880::1"})
    void blocksABarePublicAddressForADay(String address) {
        Alert alert = Stories.alert(Stories.withDomain(Stories.executed(), domain(address, SuffixKind.ADDRESS)));

        assertThat(alert.getRecommendedActions())
                .filteredOn(action -> action.getTargetType() == ActionTarget.IPV4_CONNECTION
                        || action.getTargetType() == ActionTarget.IPV6_CONNECTION)
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.getTarget()).isEqualTo(address);
                    assertThat(action.getDurationSeconds()).isEqualTo(86_400);
                });
    }

    @Test
    void blocksAKnownBadLinkWithoutAsking() {
        DomainRisk known = DomainRisk.newBuilder(Stories.lookAlike())
                .setScore(100)
                .setBand(RiskBand.KNOWN_BAD)
                .build();

        assertThat(Stories.alert(Stories.withDomain(Stories.contacted(), known)).getRecommendedActions())
                .filteredOn(action -> action.getVerb() == ActionVerb.DENY && action.getTargetType() == ActionTarget.URI)
                .isNotEmpty()
                .allMatch(action -> action.getApproval() == Approval.AUTO_OK);
    }

    @Test
    void isolatesNoHostThatIsOnlyKnownByAddress() {
        Detection detection = Detection.newBuilder(Stories.executed())
                .setHost("ip:10.20.3.42")
                .build();

        assertThat(verbs(detection)).doesNotContain(ActionVerb.CONTAIN + " " + ActionTarget.DEVICE);
    }

    @Test
    void actionsHaveStableIdsAndAnEnd() {
        List<RecommendedAction> first = Stories.alert(Stories.executed()).getRecommendedActions();
        List<RecommendedAction> again = Stories.alert(Stories.executed()).getRecommendedActions();

        assertThat(again).isEqualTo(first);
        assertThat(first).extracting(RecommendedAction::getActionId).doesNotHaveDuplicates();
        assertThat(first).allSatisfy(action -> {
            assertThat(UUID.fromString(action.getActionId()).version()).isEqualTo(5);
            assertThat(action.getExpiresAt()).isAfter(Stories.CLICK_TIME);
        });
        assertThat(first)
                .filteredOn(action -> action.getVerb() == ActionVerb.DENY)
                .allSatisfy(action -> assertThat(action.getRollback()).isNotNull());
    }

    @Test
    void quarantinesTheFileUnderItsFinalName() {
        assertThat(quarantined(Stories.downloaded())).isEqualTo("C:\\Users\\alice\\Downloads\\Invoice-4711.iso");
    }

    @Test
    void quarantinesTheFileWhereItsRenamesHaveBroughtIt() {
        List<StageEvidence> evidence = new ArrayList<>(Stories.stages(2));
        evidence.add(Stories.write());
        evidence.add(renamed("C:\\Users\\alice\\Downloads\\8f1c.crdownload", "C:\\Users\\alice\\Desktop\\Invoice.iso"));
        evidence.add(renamed("C:\\Users\\alice\\Desktop\\Invoice.iso", "C:\\Users\\alice\\Desktop\\Paid.iso"));

        assertThat(quarantined(Stories.withEvidence(Stories.downloaded(), evidence)))
                .isEqualTo("C:\\Users\\alice\\Desktop\\Paid.iso");
    }

    private static StageEvidence renamed(String from, String to) {
        Evidence write = Stories.write().getEvidence();
        Event event = Event.newBuilder(write.getEvent())
                .setEventId(Stories.id(to.length()))
                .setFile(File.newBuilder(write.getEvent().getFile())
                        .setOriginalPath(from)
                        .setPath(to)
                        .build())
                .build();
        return new StageEvidence(
                Stage.WRITE,
                Evidence.newBuilder(write).setEvent(event).setFile(null).build());
    }

    private static String quarantined(Detection detection) {
        return Stories.alert(detection).getRecommendedActions().stream()
                .filter(action -> action.getVerb() == ActionVerb.CONTAIN && action.getTargetType() == ActionTarget.FILE)
                .map(RecommendedAction::getTarget)
                .findFirst()
                .orElseThrow();
    }

    private static DomainRisk domain(String name, SuffixKind kind) {
        return DomainRisk.newBuilder(Stories.lookAlike())
                .setUrl("http://" + (name.indexOf(':') < 0 ? name : "[" + name + "]") + "/x")
                .setHost(name)
                .setTenantKey(name)
                .setSuffixKind(kind)
                .build();
    }

    private static List<String> deniedDomains(DomainRisk domain) {
        return Stories.alert(Stories.withDomain(Stories.executed(), domain)).getRecommendedActions().stream()
                .filter(action -> action.getTargetType() == ActionTarget.DOMAIN_NAME)
                .map(RecommendedAction::getTarget)
                .toList();
    }

    private static List<String> denied(Detection detection) {
        return Stories.alert(detection).getRecommendedActions().stream()
                .filter(action -> action.getVerb() == ActionVerb.DENY)
                .map(RecommendedAction::getTarget)
                .toList();
    }

    private static List<String> verbs(Detection detection) {
        return Stories.alert(detection).getRecommendedActions().stream()
                .map(action -> action.getVerb() + " " + action.getTargetType())
                .toList();
    }

    private static String weighed(Alert alert) {
        var all = new StringBuilder();
        alert.getRecommendedActions()
                .forEach(action -> all.append(action.getTitle()).append('\n'));
        alert.getWithheldActions()
                .forEach(action -> all.append(action.getTitle()).append('\n'));
        return all.toString();
    }
}
