package dev.statuswire.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.sdk.Default;
import dev.statuswire.sdk.Description;
import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The records of the groups in {@code inputs.json} that name one. Together they have every type and
 * every constraint that a component of an input can have.
 */
final class InputRecords {

    private InputRecords() {}

    record Required(String text, int count, boolean agreed, List<String> tags) {}

    record Texts(String text, CharSequence sequence, char one, Character other) {}

    record NotNulls(@NotNull String text, @NotNull Integer count) {}

    record NotBlanks(@NotBlank String text, List<@NotBlank String> lines) {}

    record NotEmpties(
            @NotEmpty String text,
            @NotEmpty List<String> list,
            @NotEmpty Set<String> set,
            @NotEmpty Map<String, String> map) {}

    record Sizes(
            @Size(min = 2, max = 4) String text,
            @Size(min = 1, max = 2) List<@Size(max = 3) String> list,
            @Size(max = 2) Set<String> set,
            @Size(min = 1, max = 2) Map<String, String> map) {}

    record Patterns(
            @Pattern(regexp = "[a-z]+|[0-9]+") String slug,
            @Pattern(regexp = "^[A-Z]{2}$") String country,
            @Pattern(regexp = "^[0-9]\\$") String price,
            List<@Pattern(regexp = "#\\w+") String> tags) {}

    record PatternOfNotBlank(@NotBlank @Pattern(regexp = "[a-z ]*") String words) {}

    record Emails(@Email String email, List<@Email String> copies) {}

    record Bounds(
            @Min(1) @Max(20) int guests,
            @Min(-3) @Max(3) Long level,
            @Min(2) @Max(5) BigDecimal weight,
            List<@Min(1) @Max(6) Integer> dice) {}

    record DecimalBounds(
            @DecimalMin("0.5") @DecimalMax(value = "9.5", inclusive = false) BigDecimal price,
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double share) {}

    record Signs(
            @Positive long positive,
            @PositiveOrZero BigInteger positiveOrZero,
            @Negative short negative,
            @NegativeOrZero BigDecimal negativeOrZero) {}

    record Asserted(@AssertTrue boolean agreed, @AssertFalse Boolean refused) {}

    enum Portion {
        @JsonProperty("small")
        SMALL,
        LARGE
    }

    record Choices(Portion portion, List<Portion> portions) {}

    record Integers(byte b, Byte b2, short s, Short s2, int i, Integer i2, long l, Long l2) {}

    record Numbers(float f, Float f2, double d, Double d2, BigDecimal decimal, BigInteger whole) {}

    record ManyDigits(
            @DecimalMin("0.100000000000000000000000000001")
                    @DecimalMax("123456789012345.678901234567891")
                    BigDecimal amount,
            @DecimalMax("999999999999999999999999999999") BigInteger count) {}

    record Booleans(boolean one, Boolean other) {}

    record Moments(Instant at, OffsetDateTime offset, ZonedDateTime zoned, LocalDate day) {}

    record LocalTimes(LocalTime time, LocalDateTime moment, Duration takes) {}

    record Identifiers(UUID uuid, URI uri) {}

    @Description("Where to deliver.")
    record Address(@NotBlank String street, @Nullable @Size(max = 2) String floor) {}

    record Nested(Address home, @Nullable Address work, Optional<Address> other) {}

    record Lists(List<Address> stops, List<List<Integer>> rows, Set<Integer> scores) {}

    record Maps(Map<String, @Max(3) Integer> counts, Map<String, Address> places) {}

    record Optionals(
            Optional<@Size(max = 3) String> text,
            Optional<@Max(5) Integer> small,
            Optional<Portion> portion,
            OptionalInt count,
            OptionalLong large,
            OptionalDouble share,
            @Nullable @Size(max = 3) String note,
            @Nullable Portion extra) {}

    record Defaults(
            @Default("small") Portion portion, @Default("2") @Max(4) int count, String name) {}

    record AnyJson(JsonNode any, ObjectNode object) {}

    record Tree(@Size(max = 3) String name, List<Tree> children) {}

    record Renamed(@JsonProperty("two words") @Max(3) int renamed) {}
}
