using Monolith.Contracts.Payments;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Payments;
using Monolith.Payments.Opening;
using Monolith.Payments.Refunding;
using Monolith.Payments.Reporting;
using Monolith.Payments.Settling;
using Monolith.Payments.Unmatched;
using Monolith.Unit.Ordering;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Payments;

/// <summary>What reports of the provider and transfers mean for a payment, state by state.</summary>
public class JudgementTests
{
    private const decimal Due = 18.40m;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly object[] Opening = [new PaymentOpened("pay", "order", "anna", Due, "EUR", Now.AddHours(24), Now)];
    private static readonly object[] Settling = [.. Opening, new PaymentSettled("pay", "order", Due, "EUR", "ch-1", "provider", Now, Now)];
    private static readonly object[] Refunding = [.. Settling, new RefundOpened("pay", "order", Due, "EUR", Now)];
    private static readonly object[] FailedRefund = [.. Refunding, new RefundDeclined("pay", "order", Due, "EUR", "re-0", Now, Now)];

    private static readonly Payment Open = After(Opening);
    private static readonly Payment Paid = After(Settling);

    private static readonly Payment[] Closed =
    [
        After([.. Opening, new PaymentExpired("pay", "order", Now, Now)]), After([.. Opening, new PaymentCancelled("pay", "order", Now)]),
    ];

    [Fact]
    public void Money_settles_a_payment_even_one_that_was_closed_and_others_hear_of_it()
    {
        foreach (var payment in new[] { Open, After([.. Opening, new PaymentDeclined("pay", "order", "ch-0", Now, Now)]) }.Concat(Closed))
        {
            var decision = Judge(payment, Report("payment.succeeded", "ch-1"));

            decision.Events.ShouldBe([new PaymentSettled("pay", "order", Due, "EUR", "ch-1", "provider", Now.AddSeconds(-5), Now)]);
            decision.Messages.ShouldBe(decision.Events);
        }
    }

    [Fact]
    public void The_same_money_under_another_report_changes_nothing_and_other_money_is_for_support()
    {
        Judge(Paid, Report("payment.succeeded", "ch-1")).ShouldBe(Decision.Nothing);
        ShouldBeUnmatched(Judge(Paid, Report("payment.succeeded", "ch-2")), "paidAlready");
    }

    [Fact]
    public void A_failed_attempt_counts_while_the_payment_is_open_and_once()
    {
        Judge(Open, Report("payment.failed", "ch-0")).Events.ShouldBe([new PaymentDeclined("pay", "order", "ch-0", Now.AddSeconds(-5), Now)]);
        Judge(After([.. Opening, new PaymentDeclined("pay", "order", "ch-0", Now, Now)]), Report("payment.failed", "ch-0")).ShouldBe(Decision.Nothing);
        Judge(Paid, Report("payment.failed", "ch-0")).ShouldBe(Decision.Nothing);
        Closed.ShouldAllBe(payment => Judge(payment, Report("payment.failed", "ch-0"), false) == Decision.Nothing);
    }

    [Theory]
    [InlineData("payment.succeeded")]
    [InlineData("payment.failed")]
    [InlineData("refund.succeeded")]
    public void Another_amount_or_currency_fits_nothing(string type)
    {
        ShouldBeUnmatched(Judge(Open, Report(type, "x") with { Amount = Due - 0.01m }), "otherAmount");
        ShouldBeUnmatched(Judge(Open, Report(type, "x") with { Currency = "USD" }), "otherAmount");
    }

    [Fact]
    public void What_cannot_be_understood_is_for_support()
    {
        ShouldBeUnmatched(Judge(payment: null, Report("payment.succeeded", "x")), "unknownPayment");
        ShouldBeUnmatched(Judge(Open, Report("payment.pondered", "x")), "unknownType");
        foreach (var body in new[] { "", "not json", "null", "[]", """{"paymentId":"\ud800"}""", """{"type":1,"paymentId":{},"amount":1e999,"occurredAt":"soon"}""" })
        {
            ShouldBeUnmatched(Judge(payment: null, Read(body)), "unreadable");
        }
    }

    [Fact]
    public void Of_a_report_that_is_partly_unreadable_the_rest_is_kept()
    {
        var report = Read("""{"type":"payment.succeeded","paymentId":"p\u0000ay","amount":"18.40","currency":"EUR","reference":"ch-1","occurredAt":"soon","amount":3}""");
        report.ShouldBe(new ProviderReport("payment.succeeded", "pay", Amount: null, "EUR", "ch-1", OccurredAt: null));
        ShouldBeUnmatched(Judge(Open, report), "unreadable");
    }

    [Fact]
    public void Money_without_a_name_has_that_of_its_report() =>
        ((PaymentSettled)Judge(Open, Report("payment.succeeded", reference: null)).Events[0]).Reference.ShouldBe("msg-1");

    [Fact]
    public void A_refund_succeeds_also_after_it_failed()
    {
        var settled = new RefundSettled("pay", "order", Due, "EUR", "re-1", Now.AddSeconds(-5), Now);
        Judge(After(Refunding), Report("refund.succeeded", "re-1")).Events.ShouldBe([settled]);
        Judge(After(FailedRefund), Report("refund.succeeded", "re-1")).Events.ShouldBe([settled]);
        Judge(After([.. Refunding, settled]), Report("refund.succeeded", "re-1")).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_refund_fails_once_and_not_after_it_succeeded()
    {
        Judge(After(Refunding), Report("refund.failed", "re-0")).Events.ShouldBe([new RefundDeclined("pay", "order", Due, "EUR", "re-0", Now.AddSeconds(-5), Now)]);
        Judge(After(FailedRefund), Report("refund.failed", "re-0")).ShouldBe(Decision.Nothing);
        Judge(After([.. Refunding, new RefundSettled("pay", "order", Due, "EUR", "re-1", Now, Now)]), Report("refund.failed", "re-0")).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_refund_that_is_reported_before_it_was_opened_is_opened_if_the_order_wants_it()
    {
        Judge(Paid, Report("refund.succeeded", "re-1"), refundIsWanted: true).Events.Select(e => e.GetType()).ShouldBe([typeof(RefundOpened), typeof(RefundSettled)]);
        Judge(Paid, Report("refund.failed", "re-0"), refundIsWanted: true).Messages.Select(e => e.GetType()).ShouldBe([typeof(RefundDeclined)]);
        ShouldBeUnmatched(Judge(Paid, Report("refund.succeeded", "re-1")), "noRefund");
        ShouldBeUnmatched(Judge(Open, Report("refund.succeeded", "re-1"), refundIsWanted: true), "noRefund");
    }

    [Fact]
    public void A_payment_is_opened_once_with_its_deadline()
    {
        OpenPayment message = new("order", "pay", "anna", Due, "EUR");
        OpenPaymentHandler.Decide(known: null, message, TimeSpan.FromHours(24), Now).Events.ShouldBe(Opening);
        OpenPaymentHandler.Decide(Open, message, TimeSpan.FromHours(24), Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_deadline_acts_when_it_is_due_on_what_is_still_open()
    {
        PaymentDeadlineHandler.Decide(Open, Now.AddHours(24).AddTicks(-10)).ShouldBe(Decision.Nothing);
        PaymentDeadlineHandler.Decide(Open, Now.AddHours(24)).Events.ShouldBe([new PaymentExpired("pay", "order", Now.AddHours(24), Now.AddHours(24))]);
        PaymentDeadlineHandler.Decide(Paid, Now.AddHours(25)).ShouldBe(Decision.Nothing);
        Closed.ShouldAllBe(payment => PaymentDeadlineHandler.Decide(payment, Now.AddHours(25)) == Decision.Nothing);
    }

    [Fact]
    public void Only_an_open_payment_is_cancelled_and_only_a_settled_one_refunded()
    {
        CancelPaymentHandler.Decide(Open, Now).Events.ShouldBe([new PaymentCancelled("pay", "order", Now)]);
        CancelPaymentHandler.Decide(Paid, Now).ShouldBe(Decision.Nothing);
        RefundPaymentHandler.Decide(Paid, new RefundPayment("order", "pay"), Now).Events.ShouldBe([new RefundOpened("pay", "order", Due, "EUR", Now)]);
        RefundPaymentHandler.Decide(After(Refunding), new RefundPayment("order", "pay"), Now).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Support_records_the_amount_due_of_an_open_payment()
    {
        Transfer(Open, Due).Events.ShouldBe([new PaymentSettled("pay", "order", Due, "EUR", "transfer", "support", Now, Now)]);
        Transfer(Open, Due + 1).Problem!.Status.ShouldBe(422);
        Transfer(Open, Due + 1).Problem!.Detail.ShouldBe("The amount due is 18.40 EUR.");
        Transfer(Paid, Due).ShouldBeConflict();
        Transfer(payment: null, Due).ShouldBeConflict();
        Closed.ShouldAllBe(payment => Transfer(payment, Due).Problem!.Status == 409);
    }

    /// <summary>A corrected price gave 2 back, then a cancellation the rest; the provider names both as the charge.</summary>
    [Fact]
    public void Two_refunds_of_one_name_are_two()
    {
        var payment = After([.. Settling, new RefundOpened("pay", "order", 2, "EUR", Now), new RefundOpened("pay", "order", Due - 2, "EUR", Now)]);
        foreach (var amount in new[] { 2, Due - 2 })
        {
            var report = Report(ProviderReport.RefundSucceeded, "ch-1") with { Amount = amount };
            var settled = Judge(payment, report).Events.ShouldHaveSingleItem().ShouldBeOfType<RefundSettled>();
            settled.Amount.ShouldBe(amount);
            payment = Folded.After(payment, [settled])!;
            Judge(payment, report).Events.ShouldBeEmpty();
        }

        (payment.State, payment.Refunded).ShouldBe((PaymentState.Refunded, Due));
    }

    /// <summary>The price fell and rose again: 2 are on their way back, and 2 are missing.</summary>
    [Fact]
    public void A_refund_that_fails_does_not_close_a_payment_that_misses_money()
    {
        var payment = After(
        [
            .. Settling, new PaymentAmended("pay", "order", Due, Due - 2, "EUR", 1, Now), new RefundOpened("pay", "order", 2, "EUR", Now),
            new PaymentAmended("pay", "order", Due - 2, Due, "EUR", 2, Now), new RefundDeclined("pay", "order", 2, "EUR", "re-0", Now, Now),
        ]);
        (payment.IsOpen, payment.Missing).ShouldBe((true, 2));
        Transfer(payment, 2).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_transfer_has_an_amount_of_the_currency_and_a_reference()
    {
        Errors.Of(new RecordPayment(1.50m, "r").Check(Open)).ShouldBeEmpty();
        Errors.Of(new RecordPayment(1.505m, "r").Check(Open)).ShouldBe(["amount"]);
        Errors.Of(new RecordPayment(0, " ").Check(Open)).ShouldBe(["amount", "reference"]);
        Errors.Of(new RecordPayment(Amount: null, Reference: null).Check(payment: null)).ShouldBe(["amount", "reference"]);
    }

    private static ProviderReport Read(string body) => ProviderReport.Read(System.Text.Encoding.UTF8.GetBytes(body));

    private static Payment After(object[] events) => Folded.From<Payment>(events)!;

    private static Decision Transfer(Payment? payment, decimal amount) => RecordPayment.Decide(payment, new RecordPayment(amount, "transfer"), Now);

    private static ProviderReport Report(string type, string? reference) => new(type, "pay", Due, "EUR", reference, Now.AddSeconds(-5));

    private static Decision Judge(Payment? payment, ProviderReport report, bool refundIsWanted = false) =>
        Judgement.Decide(payment, "msg-1", report, refundIsWanted ? [Due] : [], Now);

    private static void ShouldBeUnmatched(Decision decision, string reason)
    {
        UnmatchedPayment.Fold(null, decision.Events.ShouldHaveSingleItem())!.Reason.ShouldBe(reason);
        (decision.Events[0] is ReportRejected).ShouldBe(reason is "unreadable" or "unknownType");
        decision.Messages.ShouldBeEmpty();
    }
}
