package dev.statuswire.types.expense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.statuswire.testkit.StatuswireTest;
import dev.statuswire.testkit.TestRequest;
import dev.statuswire.types.expense.Claim.Simulate;
import dev.statuswire.types.expense.ExpenseClaim.Approval;
import dev.statuswire.types.expense.ExpenseClaim.Payment;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ExpenseClaimTest {

    private static final Approval YES = new Approval(true, null);

    @RegisterExtension
    final StatuswireTest<Claim> statuswire = StatuswireTest.with(new ExpenseClaim());

    private TestRequest<Claim> claim(String amount) {
        return claim(amount, null);
    }

    private TestRequest<Claim> claim(String amount, @Nullable Simulate simulate) {
        return statuswire.submit(new Claim(new BigDecimal(amount), "EUR", "Train", simulate));
    }

    private static Payment payment(TestRequest<Claim> claim, String amount) {
        return new Payment(new BigDecimal(amount), "EUR", claim.effectKey("pay"));
    }

    @Test
    void a_large_amount_is_paid_once_it_is_approved() {
        TestRequest<Claim> claim = claim("100.01").runUntilIdle().assertWaitingFor("approve");
        assertThat(claim.prompt()).isEqualTo("Approve 100.01 EUR for: Train");

        claim.answer("approve", YES).run().assertSucceeded(payment(claim, "100.01"));
        claim.crashEverywhere();
    }

    @Test
    void an_amount_of_up_to_100_needs_no_approval() {
        TestRequest<Claim> claim = claim("100.00").run();

        claim.assertSucceeded(payment(claim, "100.00"));
        claim.crashEverywhere();
    }

    @Test
    void a_rejected_claim_fails_with_the_reason() {
        TestRequest<Claim> claim = claim("250").runUntilIdle();

        claim.answer("approve", new Approval(false, "No receipt.")).run().assertFailed("rejected");

        assertThat(claim).asString().contains("The expense was rejected. No receipt.");
        claim.crashEverywhere();
    }

    @Test
    void a_claim_that_nobody_approves_in_three_days_fails_and_can_be_asked_again() {
        TestRequest<Claim> claim = claim("250").runUntilIdle();
        claim.advance(Duration.ofDays(3).minusMillis(1)).assertWaitingFor("approve");

        claim.advance(Duration.ofMillis(1)).assertFailed("no-answer").crashEverywhere();

        claim.retry().runUntilIdle().answer("approve", YES).run().assertSucceeded();
    }

    @Test
    void the_time_to_approve_can_be_shortened() {
        claim("250", new Simulate(30, null))
                .advance(Duration.ofSeconds(29))
                .assertWaitingFor("approve")
                .advance(Duration.ofSeconds(1))
                .assertFailed("no-answer");
    }

    @Test
    void a_failed_payment_fails_the_claim_and_keeps_the_approval() {
        TestRequest<Claim> claim = claim("250", new Simulate(null, true)).run();
        claim.answer("approve", YES).run().assertFailed("payment-failed");

        claim.retry().run().assertFailed("payment-failed");

        assertThat(claim.runs("approve")).isEqualTo(1);
        assertThat(claim.runs("pay")).isEqualTo(2);
        claim("20", new Simulate(null, true)).run().assertFailed("payment-failed");
    }

    @Test
    void a_claim_is_withdrawn_while_it_waits() {
        claim("250").runUntilIdle().cancel().assertCancelled();
    }

    @Test
    void invalid_claims_and_approvals_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> claim("0"));
        assertThatIllegalArgumentException().isThrownBy(() -> claim("100000.01"));
        TestRequest<Claim> claim = claim("250").runUntilIdle();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> claim.answer("approve", new Approval(true, "x".repeat(501))))
                .withMessageContaining("/answer/reason");
    }
}
