package io.clicktrail.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ThisMachineOnlyTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1, localhost", "127.0.0.1, 127.0.0.1", "::1, localhost"})
    void thisMachineMaySeeTheConsole(String address, String name) throws Exception {
        assertThat(status(address, name)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.7, localhost", "192.168.1.4, 127.0.0.1", "2001:db8::1, localhost"})
    void anotherAddressIsRefused(String address, String name) throws Exception {
        assertThat(status(address, name)).isEqualTo(403);
    }

    @Test
    void aNameThatWasMadeToPointHereIsRefused() throws Exception {
        assertThat(status("127.0.0.1", "rebound.evil.example")).isEqualTo(403);
    }

    private static int status(String address, String name) throws Exception {
        var request = new MockHttpServletRequest("GET", "/");
        request.setRemoteAddr(address);
        request.setServerName(name);
        var response = new MockHttpServletResponse();
        new ThisMachineOnly().doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }
}
