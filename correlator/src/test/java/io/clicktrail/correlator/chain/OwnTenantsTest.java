package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnTenantsTest {

    @ParameterizedTest
    @CsvSource({
        "ada@contoso.com, contoso",
        "ada@ad.contoso.com, contoso",
        "ada@contoso.co.uk, contoso",
        "ada@abc.com, ",
        "corp\\ada, ",
        "ada, "
    })
    void theOrganisationIsTheNameBeforeTheSuffix(String user, String organisation) {
        assertThat(OwnTenants.organisationOf(user)).isEqualTo(organisation);
    }

    @ParameterizedTest
    @CsvSource({"contoso.sharepoint.com", "contoso-my.sharepoint.com", "contoso.okta.com"})
    void itsPlaceAtAServiceIsItsOwn(String tenant) {
        assertThat(OwnTenants.isOf("contoso", tenant)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "contosologin.sharepoint.com",
        "contoso-files.sharepoint.com",
        "contoso.pages.dev",
        "contoso.sharepoint.com.evil.top",
        "contoso.evil-sharepoint.com",
        "sharepoint.com"
    })
    void othersPlacesAndOtherServicesAreNot(String tenant) {
        assertThat(OwnTenants.isOf("contoso", tenant)).isFalse();
    }
}
