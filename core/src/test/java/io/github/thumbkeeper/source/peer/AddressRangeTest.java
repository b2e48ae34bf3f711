/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 128: addresses of proxies. */
class AddressRangeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/8", // host bits
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "2001:db8::/129",
                "2001:db8::1/64",
                "0.0.0.0/0",
                "::/0",
                "::ffff:0:0/96",
                "0.0.0.0",
                "::",
                "fe80::1%eth0",
                "fe80::1",
                "fe80::/10",
                "febf::/16",
                "localhost",
                "proxy.example.com",
                "127.1",
                "127.0.1",
                "2130706433",
                "0x7f.0.0.1",
                "010.0.0.1",
                "10.0.0.256",
                "10.0.0.1.",
                "10..0.1",
                "10.0.0.-1",
                "10.0.0.+1",
                "10.0.0.1 ",
                "",
                "/8",
                "*",
                "10.*",
                "10\\.0\\.0\\.\\d+",
                "[::1]",
                ":::1",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8:9",
                "::12345",
                "::g",
                "1.2.3.4::",
                "::1.2.3",
                "::1.2.3.04",
                "::1.2.3.4:5",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "\u0661\u0660.0.0.1",
                "\uFF11\uFF10.0.0.1"
            })
    void refusesOtherTextThanLiteralAddressesAndRanges(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected literal addresses");
    }

    @Test
    void namesTheMistake() {
        assertThatThrownBy(() -> AddressRange.parse("10.0.0.1/8", false))
                .hasMessageContaining("bits set after the first 8");
        assertThatThrownBy(() -> AddressRange.parse("10.0.0.0/33", false)).hasMessageContaining("from 0 to 32");
        assertThatThrownBy(() -> AddressRange.parse("0.0.0.0/0", false))
                .hasMessageContaining("trustedProxiesAllowAny=true");
        assertThatThrownBy(() -> AddressRange.parse("fe80::1%eth0", false)).hasMessageContaining("zone");
        assertThatThrownBy(() -> AddressRange.parse("localhost", false))
                .hasMessageContaining("names are not looked up");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,         10.255.255.255,          11.0.0.0",
        "10.0.0.7,           10.0.0.7,                10.0.0.6",
        "192.0.2.128/25,     192.0.2.200,             192.0.2.127",
        "255.255.255.255/32, 255.255.255.255,         255.255.255.254",
        "::ffff:10.0.0.0/104, 10.9.9.9,               11.0.0.1",
        "10.0.0.0/8,         ::ffff:10.9.9.9,         ::ffff:11.0.0.1",
        "10.0.0.0/8,         ::FFFF:0A09:0909,        ::10.9.9.9",
        "::ffff:10.0.0.7,    10.0.0.7,                10.0.0.8",
        "2001:db8::/32,      2001:db8:ffff::1,        2001:db9::1",
        "2001:DB8::7,        2001:0db8:0:0:0:0:0:7,   2001:db8::8",
        "::1,                0:0:0:0:0:0:0:1,         ::2",
        "2001:db8::/127,     2001:db8::1,             2001:db8::2",
        "::1:0:0:0/80,       ::1:1:2:3,               ::2:0:0:0",
        "fd00::/8,           fdff::1,                 fe00::1"
    })
    void containsAddressesThatBeginWithTheSameBits(String range, String inside, String outside) {
        AddressRange parsed = AddressRange.parse(range, false);

        assertThat(parsed.contains(IpAddress.parse(inside))).isTrue();
        assertThat(parsed.contains(IpAddress.parse(outside))).isFalse();
    }

    @Test
    @DisplayName("an IPv4 address is never an IPv6 address, and the reverse")
    void neverMixesTheFamilies() {
        AddressRange all4 = AddressRange.parse("0.0.0.0/0", true);
        AddressRange all6 = AddressRange.parse("::/0", true);

        assertThat(all4.contains(IpAddress.parse("203.0.113.9"))).isTrue();
        assertThat(all4.contains(IpAddress.parse("::ffff:203.0.113.9"))).isTrue();
        assertThat(all4.contains(IpAddress.parse("2001:db8::1"))).isFalse();
        assertThat(all6.contains(IpAddress.parse("2001:db8::1"))).isTrue();
        assertThat(all6.contains(IpAddress.parse("203.0.113.9"))).isFalse();
    }
}
