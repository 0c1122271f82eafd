package dev.statuswire.aws.door.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.aws.door.OwnerExpression;
import dev.statuswire.aws.door.RequestIntegrations;
import dev.statuswire.aws.template.MappingTemplate;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.type.RequestTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Checks that the mapping template and {@link RequestKey#dueShard()} compute the same hash. */
final class DueShardTest {

    private static final String TEMPLATE =
            RequestIntegrations.of(
                            RequestTypes.load(),
                            TransitionTiming.DEFAULT,
                            "requests",
                            OwnerExpression.COGNITO,
                            "")
                    .submit()
                    .requestTemplate();

    private static final int KEYS = Scale.of(250, 10_000);

    /** The maximum length of an accepted token's subject. */
    private static final int LONGEST_OWNER = 255;

    private static final int[] OWNER_CHARACTERS =
            (RequestKey.HASHED_CHARACTERS
                            + " /:@.|'\"\\$#{}[]()!\n\u0000\u007f\u00e9\u2028\u6f22\ufffd"
                            + "\ud83c\udf5c\udbff\udfff")
                    .codePoints()
                    .toArray();

    private static final String[] OWNER_PIECES = {
        "$input.body", "${hash}", "$!{n}", "#set($hash=1)", "#end", "##", "\\'", "\\\\\"", "/", "*#"
    };

    @Test
    void random_keys_are_in_the_partition_that_the_code_computes() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int n = 0; n < KEYS; n++) {
            var key = new RequestKey(owner(random), id(random));
            assertThat(shardInTemplate(key))
                    .as("seed %d, key %s", seed, key)
                    .isEqualTo(key.dueShard());
        }
    }

    private static String shardInTemplate(RequestKey key) {
        var context = new HashMap<String, Object>();
        context.put("requestTime", "21/Nov/2026:10:00:00 +0000");
        context.put("requestTimeEpoch", 1_795_255_200_000L);
        context.put("extendedRequestId", "JKJaXmPLvHcESHA=");
        context.put("authorizer", Map.of("claims", Map.of("sub", key.owner())));
        String written =
                MappingTemplate.run(
                        TEMPLATE, "{\"type\":\"t\",\"input\":1}", parameters(key.id()), context);
        var call = Json.parse(written).orElseThrow(() -> new AssertionError(written));
        assertThat(call.at("/Key/owner/S").asText()).isEqualTo(key.owner());
        return call.at("/ExpressionAttributeValues/:shard/S").asText();
    }

    private static Map<String, Map<String, String>> parameters(String id) {
        return Map.of("path", Map.of("id", id), "querystring", Map.of(), "header", Map.of());
    }

    private static String owner(RandomGenerator random) {
        var owner = new StringBuilder();
        int length = random.nextInt(1, LONGEST_OWNER);
        while (owner.length() < length) {
            if (random.nextInt(10) == 0) {
                owner.append(OWNER_PIECES[random.nextInt(OWNER_PIECES.length)]);
            } else {
                owner.appendCodePoint(OWNER_CHARACTERS[random.nextInt(OWNER_CHARACTERS.length)]);
            }
        }
        return owner.toString();
    }

    private static String id(RandomGenerator random) {
        String characters = RequestKey.HASHED_CHARACTERS;
        var id = new StringBuilder();
        random.ints(random.nextInt(8, 65), 0, characters.length())
                .forEach(n -> id.append(characters.charAt(n)));
        return id.toString();
    }
}
