package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Host;
import io.clicktrail.event.Platform;
import io.clicktrail.event.User;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.17,                         10.1.2.17",
        "::ffff:10.1.2.17,                  10.1.2.17",
        "::FFFF:0a01:0211,                  10.1.2.17",
        "2001:DB8:0:0:0:0:0:1,              2001:db8::1",
        "2001:0db8:0000:0001:0000:0000:0000:0001, 2001:db8:0:1::1",
        "2001:db8:0:1:1:1:1:1,              2001:db8:0:1:1:1:1:1",
        "fe80::1%eth0,                      fe80::1",
        "[2001:db8::1],                     2001:db8::1",
        "::1,                               ::1",
        "1::,                               1::",
        "64:ff9b::192.0.2.33,               64:ff9b::c000:221",
        "a00:20f:0:0:18a2:6e00:e0:ffff,     a00:20f::18a2:6e00:e0:ffff"
    })
    void writesAddressesInOneForm(String text, String expected) {
        assertThat(IpAddresses.canonical(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "-",
                "0.0.0.0",
                "::",
                "::ffff:0.0.0.0",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.",
                "01.2.3.4",
                "a.b.c.d",
                ":",
                ":::",
                "1:2",
                "1::2::3",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:",
                "::1.2.3",
                "[::1",
                "%eth0",
                "type:  5 a.example"
            })
    void readsNothingElseAsAnAddress(@Nullable String text) {
        assertThat(IpAddresses.canonical(text)).isNull();
    }

    @Test
    void agreesWithTheLibraryOnAnyAddress() throws UnknownHostException {
        Random random = new Random(11);
        byte[] bits = new byte[16];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bits);
            for (int word = 0; word < 8; word++) {
                if (random.nextBoolean()) {
                    bits[word * 2] = 0;
                    bits[word * 2 + 1] = 0;
                }
            }
            InetAddress address = InetAddress.getByAddress(bits);
            String canonical = IpAddresses.canonical(address.getHostAddress());
            if (address instanceof Inet4Address || address.isAnyLocalAddress()) {
                continue;
            }
            assertThat(InetAddress.getByName(Objects.requireNonNull(canonical))).isEqualTo(address);
            assertThat(IpAddresses.canonical(canonical)).isEqualTo(canonical);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x,                 a.example,",
        "https://a.example#x@b.example,       a.example,",
        "https://a.example\\@b.example/,      a.example,",
        "https://u:p@b.example:8443/x,        b.example, 8443",
        "HTTP://B.Example./,                  b.example,",
        "b.example/http://c.example/,         b.example,",
        "http://b.example?u=http://c.example, b.example,",
        "http://a@b@c.example/,               c.example,",
    })
    void findsTheHostThatABrowserWouldContact(String url, String domain, @Nullable Integer port) {
        Authority authority = Objects.requireNonNull(Authority.ofUrl(url));

        assertThat(authority.domain()).isEqualTo(domain);
        assertThat(authority.port()).isEqualTo(port);
    }

    @Test
    void findsAddressesAsHosts() {
        assertThat(Authority.ofUrl("http://[2001:DB8::1]:8080/")).isEqualTo(new Authority(null, "2001:db8::1", 8080));
        assertThat(Authority.of("203.0.113.9:443")).isEqualTo(new Authority(null, "203.0.113.9", 443));
        assertThat(Authority.of("2001:db8::1")).isEqualTo(new Authority(null, "2001:db8::1", null));
        assertThat(Authority.ofUrl("http:///x")).isNull();
        assertThat(Authority.of("[::1")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "WS-17,                 ws-17,",
        "WS-17$,                ws-17,",
        "WS-17.Corp.Example,    ws-17.corp.example, corp.example",
        "ws-17.corp.example.,   ws-17.corp.example, corp.example"
    })
    void putsHostsIntoKeyForm(String asSent, String name, @Nullable String domain) {
        Host host = Objects.requireNonNull(Hosts.of(asSent, Platform.WINDOWS, null));

        assertThat(host.getName()).isEqualTo(name);
        assertThat(host.getHostname()).isEqualTo(asSent);
        assertThat(host.getDomain()).isEqualTo(domain);
    }

    @Test
    void keepsAHostThatIsAnAddressAsOne() {
        Host host = Objects.requireNonNull(Hosts.of("10.1.2.17", Platform.WINDOWS, null));

        assertThat(host.getIp()).containsExactly("10.1.2.17");
        assertThat(host.getDomain()).isNull();
    }

    @Test
    void keepsAccountDomainSidAndUpnApart() {
        assertThat(Users.of("CORP\\ada")).isEqualTo(new User("ada", "CORP", null, null));
        assertThat(Users.of("ada@corp.example")).isEqualTo(new User(null, null, null, "ada@corp.example"));
        assertThat(Users.of("AUTORITE NT\\Système")).isEqualTo(new User("Système", "AUTORITE NT", null, null));
        assertThat(Users.of("-", "-", "S-1-0-0")).isNull();
        assertThat(Users.of("-")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "C:\\a\\b.pdf.EXE,                  C:\\a\\b.pdf.EXE, b.pdf.EXE, exe,",
        "C:\\a\\b.iso:Zone.Identifier,      C:\\a\\b.iso,     b.iso,     iso, Zone.Identifier",
        "C:\\a\\b.iso:Zone.Identifier:$DATA,C:\\a\\b.iso,     b.iso,     iso, Zone.Identifier",
        "/home/ada/.bashrc,                 /home/ada/.bashrc, .bashrc,  ,",
        "C:\\a\\b.,                         C:\\a\\b.,        b.,        ,",
        "b.iso,                             b.iso,            b.iso,     iso,"
    })
    void takesPathsApart(String text, String path, String name, @Nullable String extension, @Nullable String fork) {
        assertThat(FilePath.of(text)).isEqualTo(new FilePath(path, name, extension, fork));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0x1A4c, 6732", "0x00000000000003e7, 999", "3564.0, 3564", "3564.25, 3564", "007, 7", "0, 0"})
    void readsWholeNumbers(String text, long expected) {
        assertThat(Numbers.whole(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {"-1", "0x", "x", "1e3", "12345678901234567890", "0xffffffffffffffff", "1.2.3", ".5", "\u0661"})
    void readsNoOtherNumbers(@Nullable String text) {
        assertThat(Numbers.whole(text)).isNull();
    }
}
