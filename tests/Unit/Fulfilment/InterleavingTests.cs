using CsCheck;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Inventory;
using Monolith.Ordering;
using Monolith.Payments;
using Monolith.Payments.Opening;
using Monolith.Payments.Reporting;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Fulfilment;

/// <summary>
/// Commands, reports of the provider, deadlines and messages in any order, messages twice and late: in the end the books balance and no
/// order is left behind.
/// </summary>
public class InterleavingTests
{
    private static readonly string[] Skus = ["TEA", "POT"];

    private static readonly Gen<(Act Act, int Which, int Amount)[]> Days = Gen.Select(
        Gen.Frequency(
            (3, Gen.Const(Act.Place)), (2, Gen.Const(Act.Receive)), (24, Gen.Const(Act.Deliver)), (5, Gen.Const(Act.DeliverTwice)),
            (2, Gen.Const(Act.Cancel)), (2, Gen.Const(Act.Correct)), (3, Gen.Const(Act.Pay)), (1, Gen.Const(Act.PayAgain)), (1, Gen.Const(Act.Fail)), (1, Gen.Const(Act.Transfer)),
            (2, Gen.Const(Act.Refund)), (1, Gen.Const(Act.FailRefund)), (2, Gen.Const(Act.Dispatch)), (2, Gen.Const(Act.Hand)), (1, Gen.Const(Act.Wait))),
        Gen.Int[0, 1_000],
        Gen.Int[1, 6]).Array[0, 250];

    [Fact]
    public void Whatever_happens_in_whatever_order_the_books_balance_in_the_end() => Days.Sample(
        day =>
        {
            var company = new Company();
            foreach (var (act, which, amount) in day)
            {
                Do(company, act, which, amount);
                NothingIsSoldTwice(company);
            }

            ComeToRest(company);
            EveryOrderHasEnded(company);
            TheStockBalances(company);
            TheMoneyBalances(company);
            EverythingHappenedOnce(company);
        },
        iter: 5_000);

    [Fact]
    public void The_straight_way_ends_with_a_delivery()
    {
        var company = new Company();
        company.Receive("TEA", 5);
        company.Place(("TEA", 2));
        DeliverAll(company);
        company.Report(ProviderReport.PaymentSucceeded, company.Payments.Values.Single(), "ch-1");
        DeliverAll(company);
        company.Dispatch(company.Shipments.Values.Single());
        DeliverAll(company);
        company.Hand(company.Shipments.Values.Single());
        DeliverAll(company);

        company.Orders.Values.Single().Status.ShouldBe(OrderStatus.Delivered);
        (company.Stocks.Values.Single().OnHand, company.Stocks.Values.Single().Reserved).ShouldBe((3, 0));
    }

    [Fact]
    public void A_company_that_loses_a_message_would_be_noticed()
    {
        var company = new Company();
        company.Receive("TEA", 5);
        company.Place(("TEA", 2));
        company.InFlight.Clear();
        ComeToRest(company);

        Should.Throw<ShouldAssertException>(() => EveryOrderHasEnded(company));
    }

    private static void Do(Company company, Act act, int which, int amount)
    {
        switch (act)
        {
            case Act.Place: company.Place(which % 3 == 0 ? [("TEA", amount), ("POT", 1)] : [(Skus[which % 2], amount)]); break;
            case Act.Receive: company.Receive(Skus[which % 2], amount); break;
            case Act.Deliver when Pick(company.InFlight, which) is { } message:
                company.InFlight.Remove(message);
                company.Deliver(message);
                break;
            case Act.DeliverTwice when Pick(company.InFlight, which) is { } message: company.Deliver(message); break;
            case Act.Cancel when Pick(company.Orders.Values, which) is { } order: company.Cancel(order); break;
            case Act.Correct when Pick(company.Orders.Values, which) is { } order: company.Correct(order, amount - 0.10m); break;
            case Act.Pay when Pick(company.Payments.Values, which) is { } payment: company.Report(ProviderReport.PaymentSucceeded, payment, $"{payment.Id}-first"); break;
            case Act.PayAgain when Pick(company.Payments.Values, which) is { } payment: company.Report(ProviderReport.PaymentSucceeded, payment, $"{payment.Id}-{amount}"); break;
            case Act.Fail when Pick(company.Payments.Values, which) is { } payment: company.Report(ProviderReport.PaymentFailed, payment, $"{payment.Id}-failed-{amount}"); break;
            case Act.Transfer when Pick(company.Payments.Values, which) is { } payment: company.Transfer(payment); break;
            case Act.Refund: Refund(company, ProviderReport.RefundSucceeded, which); break;
            case Act.FailRefund: Refund(company, ProviderReport.RefundFailed, which); break;
            case Act.Dispatch when Pick(company.Shipments.Values, which) is { } shipment: company.Dispatch(shipment); break;
            case Act.Hand when Pick(company.Shipments.Values, which) is { } shipment: company.Hand(shipment); break;
            case Act.Wait: company.Now += TimeSpan.FromHours(5 * amount); break;
        }

        company.Now += TimeSpan.FromSeconds(1);
    }

    /// <summary>
    /// The provider gives back what an order has asked back, one refund after the other, and does so before or after Payments has heard of it.
    /// </summary>
    private static void Refund(Company company, string type, int which)
    {
        if (Pick(Refundable(company), which) is { } order)
        {
            var settled = company.Log.OfType<RefundSettled>().Count(e => e.OrderId == order.Id);
            var number = Math.Min(settled, order.Payment.RefundsAsked.Count - 1);
            var payment = company.Payments[order.Payment.PaymentId!];
            company.Report(type, payment, $"{type}-{payment.Id}-{number}", order.Payment.RefundsAsked[number]);
        }
    }

    private static IEnumerable<Order> Refundable(Company company) =>
        company.Orders.Values.Where(o => o.Payment.Refunded < o.Payment.RefundsAsked.Sum());

    private static T? Pick<T>(IEnumerable<T> things, int which)
        where T : class => things.ToArray() is { Length: > 0 } all ? all[which % all.Length] : null;

    private static void ComeToRest(Company company)
    {
        DeliverAll(company);
        company.Now += Company.Deadline * 2;
        for (var round = 0; company.InFlight.Count > 0 || Refundable(company).Any() || Short(company) is not null; round++)
        {
            round.ShouldBeLessThan(1_000, "it does not come to rest");
            DeliverAll(company);
            Refund(company, ProviderReport.RefundSucceeded, 0);
            if (Short(company) is { } payment)
            {
                company.Report(ProviderReport.PaymentSucceeded, payment, $"{payment.Id}-rest-{round}");
            }
        }
    }

    /// <summary>One that misses something since its order became dearer.</summary>
    private static Payment? Short(Company company) => company.Payments.Values.FirstOrDefault(p => p is { IsOpen: true, Paid: > 0 });

    /// <summary>All but deadlines that are not due, each of which would come back.</summary>
    private static void DeliverAll(Company company)
    {
        for (var n = 0; n < 10_000 && company.InFlight.Any(m => m is not PaymentDeadline d || IsDue(company, d)); n++)
        {
            var message = company.InFlight.First(m => m is not PaymentDeadline d || IsDue(company, d));
            company.InFlight.Remove(message);
            company.Deliver(message);
        }
    }

    private static bool IsDue(Company company, PaymentDeadline deadline) =>
        !company.Payments[deadline.PaymentId].IsOpen || company.Payments[deadline.PaymentId].DueAt <= company.Now;

    private static void NothingIsSoldTwice(Company company)
    {
        foreach (var stock in company.Stocks.Values)
        {
            (stock.Available >= 0 && stock.Reserved >= 0 && stock.OnHand >= 0).ShouldBeTrue();
        }
    }

    private static void EveryOrderHasEnded(Company company)
    {
        foreach (var order in company.Orders.Values)
        {
            order.Status.ShouldBeOneOf(OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Delivered, OrderStatus.Cancelled);
            var shipment = company.Shipments.Values.SingleOrDefault(s => s.OrderId == order.Id);
            (shipment?.Status).ShouldBe(order.Status switch
            {
                OrderStatus.Paid => ShipmentStatus.Planned,
                OrderStatus.Shipped => ShipmentStatus.Dispatched,
                OrderStatus.Delivered => ShipmentStatus.Delivered,
                _ => shipment is null ? null : ShipmentStatus.Cancelled,
            });
        }
    }

    private static void TheStockBalances(Company company)
    {
        foreach (var sku in Skus.Where(sku => company.Stocks.ContainsKey(Stock.StreamOf(sku))))
        {
            var stock = company.Stocks[Stock.StreamOf(sku)];
            var received = company.Log.OfType<StockReceived>().Where(e => e.Sku == sku).Sum(e => e.Quantity);
            stock.Reserved.ShouldBe(Pieces(company, sku, OrderStatus.Paid));
            stock.OnHand.ShouldBe(received - Pieces(company, sku, OrderStatus.Shipped, OrderStatus.Delivered));
        }

        foreach (var reservation in company.Reservations.Values)
        {
            var order = company.Orders[reservation.Id];
            ReservationState[] right = order.Status switch
            {
                OrderStatus.Paid => [ReservationState.Held],
                OrderStatus.Cancelled => [ReservationState.Refused, ReservationState.Released],
                _ => [ReservationState.Shipped],
            };
            right.ShouldContain(reservation.State);
        }
    }

    private static int Pieces(Company company, string sku, params OrderStatus[] statuses) =>
        company.Orders.Values.Where(o => statuses.Contains(o.Status)).SelectMany(o => o.Lines).Where(l => l.Sku == sku).Sum(l => l.Quantity);

    private static void TheMoneyBalances(Company company)
    {
        foreach (var order in company.Orders.Values)
        {
            (order.Payment.Paid - order.Payment.Refunded).ShouldBe(order.IsCancelled ? 0 : order.Total);
            var payments = company.Payments.Values.Where(p => p.OrderId == order.Id).ToArray();
            payments.Length.ShouldBeLessThanOrEqualTo(1);
            payments.Sum(p => p.Paid).ShouldBe(order.Payment.Paid);
            payments.Sum(p => p.Refunded).ShouldBe(order.Payment.Refunded);
            payments.Count(p => p.IsOpen || p.State is PaymentState.RefundPending or PaymentState.RefundFailed).ShouldBe(0);
        }

        var moneyIn = company.Log.OfType<PaymentSettled>().Sum(e => e.Amount);
        var kept = company.Orders.Values.Where(o => !o.IsCancelled).Sum(o => o.Total);
        moneyIn.ShouldBe(kept + company.Log.OfType<RefundSettled>().Sum(e => e.Amount));
    }

    private static void EverythingHappenedOnce(Company company)
    {
        company.Log.OfType<StockReserved>().Select(e => e.OrderId).ShouldBeUnique();
        company.Log.OfType<PaymentOpened>().Select(e => e.OrderId).ShouldBeUnique();
        company.Log.OfType<PaymentReceived>().Select(e => (e.OrderId, e.Reference, e.ReceivedAt)).ShouldBeUnique();
        company.Log.OfType<OrderCancelled>().Select(e => e.OrderId).ShouldBeUnique();
        company.Log.OfType<OrderShipped>().Select(e => e.OrderId).ShouldBeUnique();
        company.Log.OfType<OrderDelivered>().Select(e => e.OrderId).ShouldBeUnique();
        company.Log.OfType<RefundConfirmed>().Select(e => (e.OrderId, e.Reference)).ShouldBeUnique();
        company.Log.OfType<QuantityReserved>().Select(e => (e.OrderId, e.Sku)).ShouldBeUnique();
        company.Log.OfType<QuantityReleased>().Select(e => (e.OrderId, e.Sku)).ShouldBeUnique();
        company.Log.OfType<QuantityShipped>().Select(e => (e.OrderId, e.Sku)).ShouldBeUnique();
    }

    private enum Act
    {
        Place,
        Receive,
        Deliver,
        DeliverTwice,
        Cancel,
        Correct,
        Pay,
        PayAgain,
        Fail,
        Transfer,
        Refund,
        FailRefund,
        Dispatch,
        Hand,
        Wait,
    }
}
