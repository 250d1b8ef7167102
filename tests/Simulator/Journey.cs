using System.Diagnostics;

namespace Monolith.Simulator;

/// <summary>An order that the API acknowledged, and how far its story came.</summary>
internal sealed class PlacedOrder(Story story, string id)
{
    public Story Story { get; } = story;

    public string Id { get; } = id;

    /// <summary>How many steps are acknowledged.</summary>
    public int Done { get; set; }

    /// <summary>How many steps were tried, acknowledged or not.</summary>
    public int Tried { get; set; }
}

/// <summary>Plays a story: each step waits until the order stands where the one before leads to.</summary>
internal sealed class Journey(Shop shop, Provider provider, TimeSpan patience)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Places the order, meant to start at the timestamp <paramref name="intended"/>, and lives it to its end;
    /// <paramref name="acknowledged"/> hears of the order as soon as it exists.
    /// </summary>
    /// <exception cref="ShopException">A step failed; the order stays where it is.</exception>
    public async Task PlayAsync(Story story, long intended, Action<PlacedOrder> acknowledged, CancellationToken cancellation)
    {
        var (id, sequence) = await shop.PlaceAsync(story, intended, cancellation);
        PlacedOrder order = new(story, id);
        acknowledged(order);
        if (story.LooksAtOrders) await LookAsync(order, sequence, cancellation);

        if (story.Ending == Ending.CancelledAtOnce)
        {
            order.Tried = 1;
            await shop.CancelAsync(story, id, cancellation);
            order.Done = 1;
            return;
        }

        var shipment = "";
        foreach (var step in story.Steps)
        {
            var view = await AwaitAsync(order, Stopwatch.GetTimestamp(), cancellation);
            switch (Expectation.Of(view, story, order.Done))
            {
                case Standing.Ended: return;
                case Standing.Pending or Standing.Wrong:
                    throw new ShopException($"order {id} is {Expectation.Text(view)}, not {story.Milestones[order.Done]}");
            }

            order.Tried = order.Done + 1;
            switch (step)
            {
                case Step.FailPayment: await provider.FailPaymentAsync(story, view, cancellation); break;
                case Step.Pay: await PayAsync(story, view, cancellation); break;
                case Step.Ship: shipment = await shop.ShipAsync(story, id, cancellation); break;
                case Step.Deliver: await shop.DeliverAsync(story, shipment, cancellation); break;
                case Step.Cancel: await shop.CancelAsync(story, id, cancellation); break;
                case Step.FailRefund: await provider.FailRefundAsync(story, view, cancellation); break;
                case Step.Refund: await provider.RefundAsync(story, view, cancellation); break;
            }

            order.Done = order.Tried;
        }
    }

    /// <summary>
    /// Reads the order until it stands where its last acknowledged step leads to, or the patience, counted from the
    /// timestamp <paramref name="since"/>, is over.
    /// </summary>
    public async Task<OrderView> AwaitAsync(PlacedOrder order, long since, CancellationToken cancellation)
    {
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var view = await shop.ReadAsync(order.Id, cancellation);
            if (Expectation.Of(view, order.Story, order.Done) != Standing.Pending || Stopwatch.GetElapsedTime(since) > patience) return view;
            await Task.Delay(pause, cancellation);
        }
    }

    private async Task PayAsync(Story story, OrderView view, CancellationToken cancellation)
    {
        if (story.ByTransfer)
        {
            await shop.PayAsync(story, view.Id, view.Payment.Due, cancellation);
            return;
        }

        await provider.PayAsync(story, view, cancellation);
        if (story.Ending != Ending.ReportedTwice) return;
        await provider.PayAsync(story, view, cancellation);
        await provider.PayAgainAsync(story, view, cancellation);
    }

    /// <summary>A customer who looks at the list right after ordering must find the order there.</summary>
    private async Task LookAsync(PlacedOrder order, long sequence, CancellationToken cancellation)
    {
        var orders = await shop.ListAsync(order.Story.Customer.Id, sequence, cancellation);
        if (!orders.Select(item => item.Id).Contains(order.Id, StringComparer.Ordinal))
            throw new ShopException($"list orders: order {order.Id} is missing as of its own sequence {sequence}");
    }
}
