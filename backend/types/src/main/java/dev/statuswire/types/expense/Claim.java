package dev.statuswire.types.expense;

import dev.statuswire.sdk.Description;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code expense-claim}.
 *
 * @param simulate a shorter time limit and a failure to simulate; null for neither
 */
record Claim(
        @Description("The amount to pay back.") @DecimalMin("0.01") @DecimalMax("100000")
                BigDecimal amount,
        @Description("The currency, such as EUR.") @Pattern(regexp = "^[A-Z]{3}$") String currency,
        @Description("What the money was spent on.") @NotBlank @Size(max = 200) String purpose,
        @Description("A shorter time limit and a failure to simulate.")
                @Nullable Simulate simulate) {

    private static final BigDecimal LARGEST_WITHOUT_APPROVAL = new BigDecimal(100);
    private static final Duration APPROVAL = Duration.ofDays(3);

    /**
     * What to simulate.
     *
     * @param approvalSeconds how long to wait for the approval, 1 to 86,400 s; null for three days
     * @param failPay whether the payment fails for good
     */
    record Simulate(
            @Description("How long to wait for the approval, in seconds.") @Min(1) @Max(86_400)
                    @Nullable Integer approvalSeconds,
            @Description("If true, the payment fails.") @Nullable Boolean failPay) {}

    boolean needsApproval() {
        return amount.compareTo(LARGEST_WITHOUT_APPROVAL) > 0;
    }

    Duration timeToApprove() {
        return simulate == null || simulate.approvalSeconds() == null
                ? APPROVAL
                : Duration.ofSeconds(simulate.approvalSeconds());
    }

    boolean failsPayment() {
        return simulate != null && Boolean.TRUE.equals(simulate.failPay());
    }

    String money() {
        return amount.toPlainString() + " " + currency;
    }
}
