package io.clicktrail.enricher.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserKeysTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "Alice,CONTOSO,S-1-5-21-1,null,contoso\\alice",
                "null,null,null,Alice@Contoso.com,alice@contoso.com",
                "alice,null,S-1-5-21-1,null,alice",
                "null,null,S-1-5-21-1,null,s-1-5-21-1",
                "SYSTEM,NT AUTHORITY,S-1-5-18,null,null",
                "LOCAL SERVICE,NT AUTHORITY,null,null,null",
                "Système,AUTORITE NT,null,null,null",
                "x,AUTORITE NT,null,null,null",
                "WS-1$,CONTOSO,null,null,null",
                "null,null,S-1-5-20,null,null",
                "DWM-1,Window Manager,null,null,null",
                "null,null,null,null,null"
            })
    void bringsAccountsIntoOneFormAndLeavesMachinesOut(
            String name, String domain, String id, String email, String expected) {
        assertThat(UserKeys.key(new User(name, domain, id, email))).isEqualTo(expected);
    }

    @Test
    void knowsNobodyWhereNoUserIsGiven() {
        assertThat(UserKeys.key((User) null)).isNull();
    }
}
