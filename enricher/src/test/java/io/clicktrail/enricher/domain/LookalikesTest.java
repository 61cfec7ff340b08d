package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.evidence.ScorePart;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookalikesTest {

    private final TenantKeys tenants = TestTunings.CATALOGUES.domains().tenants;
    private final Lookalikes lookalikes = TestTunings.CATALOGUES
            .domains()
            .lookalikes
            .with(List.of(new Brand("contoso", Set.of("contoso.com"), true)), List.of("Fabrikam"));

    @ParameterizedTest
    @CsvSource({
        "rnicrosoft.com,lookalike",
        "micros0ft.com,lookalike",
        "paypa1.com,lookalike",
        "goog1e.com,lookalike",
        "xn--80ak6aa92e.com,lookalike",
        "arnazon-login.com,lookalike",
        "microsoft.top,combosquat",
        "microsoft-login.com,combosquat",
        "secure-paypal.com,combosquat",
        "paypalsecure.com,combosquat",
        "fabrikam-portal.com,combosquat",
        "microsotf.com,typosquat",
        "gooogle.com,typosquat",
        "micorsoft-support.com,typosquat",
        "appple.com,typosquat",
        "login.microsoft.com.evil.org,brand_in_subdomain",
        "paypal.evil.org,brand_in_subdomain"
    })
    void findsImitations(String host, String part) {
        assertThat(lookalikes.parts(host, tenants.ofName(host)))
                .extracting(ScorePart::getName)
                .containsExactly(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "microsoft.com",
                "login.microsoftonline.com",
                "www.paypal.com",
                "paypalobjects.com",
                "amazon.de",
                "pineapple.com",
                "applesauce.org",
                "phase.com",
                "stream.com",
                "windowsill.co.uk",
                "oracle.com",
                "zoom.us",
                "googlevideo.com",
                "booking-office.example.com",
                "steamboat.org"
            })
    void leavesTheBrandsOwnAndHonestNamesAlone(String host) {
        assertThat(lookalikes.parts(host, tenants.ofName(host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contoso-invoices.top",
                "contoso.top",
                "cont0so.com",
                "contosso.com",
                "login.contoso.com.evil.org"
            })
    void saysWhenItIsTheOrganisationThatIsImitated(String host) {
        assertThat(lookalikes.parts(host, tenants.ofName(host)))
                .extracting(ScorePart::getName)
                .hasSize(2)
                .contains("own_organisation");
    }
}
