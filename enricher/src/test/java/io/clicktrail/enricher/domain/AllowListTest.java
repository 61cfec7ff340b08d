package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

    private static final DomainCatalogue LISTS = TestTunings.CATALOGUES.domains();

    @ParameterizedTest
    @CsvSource({
        "com,public suffix",
        "*.com,public suffix",
        "*.co.uk,public suffix",
        "*.pages.dev,public suffix",
        "*.blob.core.windows.net,public suffix",
        "*.cloudfront.net,public suffix",
        "s3.amazonaws.com,public suffix",
        "intranet,public suffix",
        "*.sharepoint.com,shared hosting",
        "raw.githubusercontent.com,shared hosting",
        "github.com,shared hosting",
        "drive.google.com,shared hosting",
        "*.dropbox.com,shared hosting",
        "*.zendesk.com,shared hosting",
        "bit.ly,shortener",
        "*.tinyurl.com,shortener",
        "*.safelinks.protection.outlook.com,rewriter",
        "safelinks.protection.outlook.com,rewriter",
        "urldefense.com,rewriter",
        "*,neither",
        "cdn.*.example.com,neither",
        "a b.com,neither"
    })
    void refusesWhatStrangersCanPublishUnder(String pattern, String reason) {
        assertThat(AllowList.refusal(pattern, LISTS)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*.windowsupdate.com",
                "officecdn.microsoft.com",
                "contoso.sharepoint.com",
                "ourbucket.s3.amazonaws.com",
                "ourstore.blob.core.windows.net",
                "192.0.2.7"
            })
    void takesNamesUnderOnePartysControl(String pattern) {
        assertThat(AllowList.refusal(pattern, LISTS)).isNull();
    }
}
