package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionHostsTest {

    @ParameterizedTest
    @CsvSource({
        "dl.vendor.example,true",
        "downloads.vendor.example,true",
        "dl2.vendor.example,true",
        "eu-download.cdn.vendor.example,true",
        "archive.mirror.vendor.example,true",
        "www.vendor.example,false",
        "cdn.vendor.example,false",
        "download.example,false",
        "updates,false",
        "downloading.vendor.example,false",
        "192.0.2.1,false",
        "'',false"
    })
    void readsFromTheNameThatAHostHandsOutPrograms(String host, boolean covered) {
        assertThat(DistributionHosts.covers(host)).isEqualTo(covered);
    }
}
