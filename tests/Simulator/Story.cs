namespace Monolith.Simulator;

internal enum Ending
{
    Delivered,
    Shipped,
    Paid,

    /// <summary>Cancelled right after placing, whatever the house has done by then.</summary>
    CancelledAtOnce,

    CancelledUnpaid,
    CancelledPaid,

    /// <summary>Cancelled after payment; the first attempt to give the money back fails.</summary>
    RefundedLate,

    /// <summary>Delivered; the first attempt to pay fails.</summary>
    PaidLater,

    /// <summary>Delivered; the provider reports the money more than once.</summary>
    ReportedTwice,

    /// <summary>Cancelled unpaid; then the money comes all the same.</summary>
    PaidTooLate,

    Unpaid,
}

internal enum Step
{
    FailPayment,
    Pay,
    Ship,
    Deliver,
    Cancel,
    FailRefund,
    Refund,
}

/// <summary>Where a step leads to.</summary>
internal sealed record Milestone(OrderStatus Status, PaymentStatus Payment)
{
    public static readonly Milestone Start = new(OrderStatus.AwaitingPayment, PaymentStatus.Pending);

    public Milestone After(Step step) => (step, this) switch
    {
        (Step.FailPayment, _) => this with { Payment = PaymentStatus.Failed },
        (Step.Pay, { Status: OrderStatus.Cancelled }) => this with { Payment = PaymentStatus.RefundPending },
        (Step.Pay, _) => new(OrderStatus.Paid, PaymentStatus.Received),
        (Step.Ship, _) => this with { Status = OrderStatus.Shipped },
        (Step.Deliver, _) => this with { Status = OrderStatus.Delivered },
        (Step.Cancel, { Payment: PaymentStatus.Received }) => new(OrderStatus.Cancelled, PaymentStatus.RefundPending),
        (Step.Cancel, _) => new(OrderStatus.Cancelled, PaymentStatus.None),
        (Step.FailRefund, _) => this with { Payment = PaymentStatus.RefundFailed },
        _ => this with { Payment = PaymentStatus.Refunded },
    };

    public override string ToString() => $"{Status} with payment {Payment}";
}

internal sealed record StoryLine(Product Product, int Quantity);

/// <summary>The whole life of one order, decided before it is placed.</summary>
internal sealed record Story(
    int Number, Customer Customer, IReadOnlyList<StoryLine> Lines, string DeliveryService, Ending Ending, bool LooksAtOrders,
    string Carrier, string TrackingNumber, string CancelReason, bool PrefersTransfer)
{
    public string Currency => Lines[0].Product.Body.Currency;

    public int Items => Lines.Sum(line => line.Quantity);

    public decimal ItemsTotal => Lines.Sum(line => line.Quantity * line.Product.Body.UnitPrice);

    public IReadOnlyList<Step> Steps => Ending switch
    {
        Ending.Delivered or Ending.ReportedTwice => [Step.Pay, Step.Ship, Step.Deliver],
        Ending.Shipped => [Step.Pay, Step.Ship],
        Ending.Paid => [Step.Pay],
        Ending.CancelledAtOnce or Ending.CancelledUnpaid => [Step.Cancel],
        Ending.CancelledPaid => [Step.Pay, Step.Cancel, Step.Refund],
        Ending.RefundedLate => [Step.Pay, Step.Cancel, Step.FailRefund, Step.Refund],
        Ending.PaidLater => [Step.FailPayment, Step.Pay, Step.Ship, Step.Deliver],
        Ending.PaidTooLate => [Step.Cancel, Step.Pay, Step.Refund],
        _ => [],
    };

    /// <summary>Paid by bank transfer, which support records; otherwise the provider reports the money.</summary>
    public bool ByTransfer => PrefersTransfer && Ending is not (Ending.ReportedTwice or Ending.PaidTooLate);

    /// <summary>Where the order stands after none of its steps, after the first, and so on.</summary>
    public IReadOnlyList<Milestone> Milestones =>
        Steps.Aggregate(new List<Milestone> { Milestone.Start }, (passed, step) => [.. passed, passed[^1].After(step)]);

    /// <summary>The story of order <paramref name="number"/>; the same in every run of the same world.</summary>
    public static Story Tell(World world, int number)
    {
        var random = Seeds.For(world.Seed, Subject.Order, number);
        var customer = world.Customers[random.Popular(world.Customers.Count)];

        // An order has one currency: the first product chooses it.
        var first = world.Products[random.Popular(world.Products.Count)];
        var shelf = world.In(first.Body.Currency);
        var wanted = random.Weighted((1, 45), (2, 25), (3, 15), (4, 10), (5, 5));
        HashSet<Product> basket = [first];
        for (var line = 1; line < wanted; line++) basket.Add(shelf[random.Popular(shelf.Count)]);

        return new(
            number, customer,
            [.. basket.Select(product => new StoryLine(product, random.Weighted((1, 65), (2, 20), (3, 10), (random.Number(4, 12), 5))))],
            random.Weighted(("standard", 80), ("express", 20)),
            random.Weighted(
                (Ending.Delivered, 58), (Ending.Shipped, 8), (Ending.Paid, 6), (Ending.CancelledAtOnce, 4), (Ending.CancelledUnpaid, 5),
                (Ending.CancelledPaid, 4), (Ending.RefundedLate, 2), (Ending.PaidLater, 5), (Ending.ReportedTwice, 4), (Ending.PaidTooLate, 2),
                (Ending.Unpaid, 2)),
            LooksAtOrders: random.Weighted((true, 10), (false, 90)),
            random.ArrayElement(["DHL", "DPD", "UPS", "GLS", "PostNL"]),
            random.Replace("##########??").ToUpperInvariant(),
            random.ArrayElement(["Changed my mind", "Ordered by mistake", "Found it cheaper", "Takes too long", "Wrong address"]),
            PrefersTransfer: random.Weighted((true, 15), (false, 85)));
    }
}
