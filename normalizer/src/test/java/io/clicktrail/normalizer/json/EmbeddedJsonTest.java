package io.clicktrail.normalizer.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedJsonTest {

    @Test
    void givesTheMembersInTheOrderOfTheNames() {
        assertThat(EmbeddedJson.members(
                        "{\"b\":2,\"x\":{\"a\":9},\"a\":\"1\",\"c\":[\"p\",\"q\"]}", "a", "b", "c", "d"))
                .containsExactly("1", "2", "p;q", null);
    }

    @Test
    void givesTheScalarsOfAListOrOneMemberOfItsObjects() {
        assertThat(EmbeddedJson.list("[\"a\",1,null,\"b\"]", null, 9)).containsExactly("a", "1", "b");
        assertThat(EmbeddedJson.list("[{\"ip\":\"a\",\"n\":1},{\"ip\":\"b\"}]", "ip", 9))
                .containsExactly("a", "b");
        assertThat(EmbeddedJson.list("[1,2,3]", null, 2)).containsExactly("1", "2");
    }

    @Test
    void saysNothingFromWhereItBreaks() {
        assertThat(EmbeddedJson.members("{\"a\":\"1\",\"b\":", "a", "b")).containsExactly("1", null);
        assertThat(EmbeddedJson.list("[\"a\",\"b", null, 9)).containsExactly("a");
        assertThat(EmbeddedJson.members("no JSON", "a")).containsExactly((String) null);
        assertThat(EmbeddedJson.members(null, "a")).containsExactly((String) null);
        assertThat(EmbeddedJson.list("{}", null, 9)).isEmpty();
    }

    @Test
    void goesNoDeeperThanItMust() {
        String deep = "{\"a\":\"1\",\"b\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThat(EmbeddedJson.members(deep, "a", "b")).containsExactly("1", null);
    }
}
