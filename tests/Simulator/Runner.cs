using System.Collections.Concurrent;
using System.Diagnostics;

namespace Monolith.Simulator;

/// <summary>The phases of a run: offer products and fill the shelves, place and live the orders, verify them and the stock.</summary>
internal sealed class Runner(Options options, World world, Shop shop, Provider provider, Failures failures)
{
    private const int Hands = 16;
    private const int OrdersPerReceipt = 10_000;
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(1.5);
    private readonly Journey journey = new(shop, provider, options.Patience);

    /// <summary>What the API acknowledged.</summary>
    public ConcurrentQueue<PlacedOrder> Orders { get; } = [];

    /// <summary>Orders that started late because too many others were under way.</summary>
    public int HeldBack { get; private set; }

    public Task OfferProductsAsync(CancellationToken cancellation) => Screen.ShowAsync("products", world.Products.Count, advance =>
        EachAsync(world.Products, async (product, stop) =>
        {
            await GuardAsync($"product {product.Sku}", async () =>
            {
                await shop.OfferAsync(product, stop);
                for (var part = 1; part <= Receipts(product); part++) await shop.StockAsync(product, part, stop);
            });
            advance();
        }, cancellation));

    /// <summary>
    /// Open loop: order n starts at n / rate, whatever became of those before. Waiting for the concurrency limit moves no
    /// start time, so it shows in the latencies.
    /// </summary>
    public Task PlaceOrdersAsync(CancellationToken cancellation) => Screen.ShowAsync("orders", options.Orders, async advance =>
    {
        using SemaphoreSlim free = new(options.Concurrency);
        List<Task> underWay = [];
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < options.Orders; number++)
        {
            var due = start + (long)(number / options.Rate * Stopwatch.Frequency);
            var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (early >= TimerSlack) await Task.Delay(early - TimerSlack, cancellation);
            if (!free.Wait(0, cancellation))
            {
                HeldBack++;
                await free.WaitAsync(cancellation);
            }

            // Who starts a little early is measured from there, so that the timer's slack does not pass for the API's.
            var intended = Math.Min(due, Stopwatch.GetTimestamp());
            var story = Story.Tell(world, number);
            if (underWay.Count > 2 * options.Concurrency) underWay.RemoveAll(task => task.IsCompletedSuccessfully);
            underWay.Add(Task.Run(async () =>
            {
                try
                {
                    await GuardAsync($"order {story.Number}", () => journey.PlayAsync(story, intended, Orders.Enqueue, cancellation));
                }
                finally
                {
                    free.Release();
                    advance();
                }
            }, cancellation));
        }

        await Task.WhenAll(underWay);
    });

    /// <summary>Reads every acknowledged order again; returns how many are as they must be, and how many the house cancelled.</summary>
    public async Task<(int Right, int Ended)> VerifyAsync(CancellationToken cancellation)
    {
        var (right, ended) = (0, 0);
        var since = Stopwatch.GetTimestamp();
        await Screen.ShowAsync("verification", Math.Max(1, Orders.Count), advance => EachAsync(Orders, async (order, stop) =>
        {
            await GuardAsync($"order {order.Story.Number}", async () =>
            {
                var view = await journey.AwaitAsync(order, since, stop);
                var differences = string.Join("; ", Expectation.Differences(view, order));
                if (differences.Length > 0) throw new ShopException($"{order.Id} ({order.Story.Ending}): {differences}");
                Interlocked.Increment(ref right);
                if (Expectation.Of(view, order.Story, order.Done) == Standing.Ended) Interlocked.Increment(ref ended);
            });
            advance();
        }, cancellation));
        return (right, ended);
    }

    /// <summary>Reads the stock of every product; returns for how many the books balance.</summary>
    public async Task<int> VerifyStockAsync(CancellationToken cancellation)
    {
        var right = 0;
        await EachAsync(world.Products, async (product, stop) => await GuardAsync($"product {product.Sku}", async () =>
        {
            var stock = await shop.ReadStockAsync(product, stop);
            var difference = Expectation.Difference(stock);
            if (difference is not null) throw new ShopException(difference);
            Interlocked.Increment(ref right);
        }), cancellation);
        return right;
    }

    /// <summary>A longer run needs more of what must not run out.</summary>
    private int Receipts(Product product) => product.Scarce ? 1 : 1 + (options.Orders / OrdersPerReceipt);

    /// <summary>A failure ends what it happened in, and nothing else.</summary>
    private async Task GuardAsync(string subject, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (ShopException exception)
        {
            failures.Add($"{subject}: {exception.Message}");
        }
    }

    private static Task EachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> action, CancellationToken cancellation) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Hands, CancellationToken = cancellation }, action);
}
