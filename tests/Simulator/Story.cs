namespace Monolith.Simulator;

internal enum Ending
{
    Delivered,
    Shipped,
    Paid,
    CancelledUnpaid,
    CancelledPaid,
    Unpaid,
}

internal enum Step
{
    Pay,
    Ship,
    Deliver,
    Cancel,
}

internal sealed record StoryLine(Product Product, int Quantity);

/// <summary>The whole life of one order, decided before it is placed.</summary>
internal sealed record Story(
    int Number, Customer Customer, IReadOnlyList<StoryLine> Lines, string DeliveryService, Ending Ending, bool LooksAtOrders,
    string Carrier, string TrackingNumber, string CancelReason)
{
    public string Currency => Lines[0].Product.Body.Currency;

    public int Items => Lines.Sum(line => line.Quantity);

    public decimal ItemsTotal => Lines.Sum(line => line.Quantity * line.Product.Body.UnitPrice);

    public IReadOnlyList<Step> Steps => Ending switch
    {
        Ending.Delivered => [Step.Pay, Step.Ship, Step.Deliver],
        Ending.Shipped => [Step.Pay, Step.Ship],
        Ending.Paid => [Step.Pay],
        Ending.CancelledUnpaid => [Step.Cancel],
        Ending.CancelledPaid => [Step.Pay, Step.Cancel],
        _ => [],
    };

    /// <summary>What the order's status becomes by a step.</summary>
    public static OrderStatus After(Step step) => step switch
    {
        Step.Pay => OrderStatus.Paid,
        Step.Ship => OrderStatus.Shipped,
        Step.Deliver => OrderStatus.Delivered,
        _ => OrderStatus.Cancelled,
    };

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
            random.Weighted((Ending.Delivered, 70), (Ending.Shipped, 10), (Ending.Paid, 8), (Ending.CancelledUnpaid, 7), (Ending.CancelledPaid, 3), (Ending.Unpaid, 2)),
            LooksAtOrders: random.Weighted((true, 10), (false, 90)),
            random.ArrayElement(["DHL", "DPD", "UPS", "GLS", "PostNL"]),
            random.Replace("##########??").ToUpperInvariant(),
            random.ArrayElement(["Changed my mind", "Ordered by mistake", "Found it cheaper", "Takes too long", "Wrong address"]));
    }
}
