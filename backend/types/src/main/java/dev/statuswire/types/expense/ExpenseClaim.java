package dev.statuswire.types.expense;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Description;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The request type {@code expense-claim}: an expense that is paid back. An amount above 100 waits
 * for an approval.
 */
public final class ExpenseClaim implements RequestType<Claim> {

    private static final String APPROVE = "approve";

    record Check(boolean needsApproval) {}

    record Approval(
            @Description("Whether to pay the expense.") boolean approved,
            @Description("Why, or why not.") @Size(max = 500) @Nullable String reason) {}

    record Payment(BigDecimal paid, String currency, String reference) {}

    @Override
    public Definition<Claim> define() {
        return Definition.of("expense-claim", Claim.class)
                .title("Claim an expense")
                .description("Pays an expense back. An amount above 100 needs an approval.")
                .example(new Claim(new BigDecimal("18.50"), "EUR", "Taxi to the airport", null))
                .step("check", Check.class, ExpenseClaim::check)
                .answer(
                        APPROVE,
                        Approval.class,
                        options ->
                                options.when(context -> context.input().needsApproval())
                                        .prompt(ExpenseClaim::prompt)
                                        .within(context -> context.input().timeToApprove()))
                .step("pay", Payment.class, ExpenseClaim::pay)
                .build();
    }

    private static Check check(StepContext<Claim> context) {
        return new Check(context.input().needsApproval());
    }

    private static String prompt(StepContext<Claim> context) {
        Claim claim = context.input();
        return "Approve %s for: %s".formatted(claim.money(), claim.purpose());
    }

    /** The payment has the effect key as its reference, by which a bank would deduplicate it. */
    private static Payment pay(StepContext<Claim> context) throws StepFailed {
        Claim claim = context.input();
        if (claim.needsApproval()) {
            requireApproval(context.output(APPROVE, Approval.class));
        }
        if (claim.failsPayment()) {
            throw new StepFailed("payment-failed", "Simulated failure of the payment.");
        }
        return new Payment(claim.amount(), claim.currency(), context.effectKey());
    }

    private static void requireApproval(Approval approval) throws StepFailed {
        if (!approval.approved()) {
            String reason = approval.reason() == null ? "" : " " + approval.reason();
            throw new StepFailed("rejected", "The expense was rejected." + reason);
        }
    }
}
