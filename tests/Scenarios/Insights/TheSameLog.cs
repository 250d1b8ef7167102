using JasperFx.Events;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Contracts.Catalog;
using Monolith.Contracts.Insights;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Insights.Clock;
using Monolith.Kernel;
using Monolith.Operations.Rebuilding.SideBySide;
using Monolith.Ordering;
using Monolith.Scenarios.Operations;
using Npgsql;

namespace Monolith.Scenarios.Insights;

/// <summary>Pages of any size, restarts, live or replayed: the same log gives the same bytes.</summary>
public sealed class TheSameLog(App app) : IClassFixture<App>, IAsyncLifetime
{
    private const int Orders = 120;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static bool isWritten;

    public async ValueTask InitializeAsync()
    {
        if (!isWritten)
        {
            await Write();
            isWritten = true;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Which_has_late_events_and_one_of_the_future_in_it()
    {
        await app.HasCaughtUp("sales-per-minute");
        var late = (await app.Send("GET", "/v1/insights/sales-per-minute/late?limit=200").Json())["items"]!.AsArray();

        late.Select(l => l!["reason"]!.ToString()).Distinct().ShouldBe(["late", "future"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("sales-per-minute")]
    [InlineData("sales-per-hour")]
    [InlineData("sales-per-day")]
    [InlineData("payment-failure-rate")]
    [InlineData("customer-sessions")]
    [InlineData("time-to-pay")]
    [InlineData("stock-levels")]
    [InlineData("revenue-week-over-week")]
    [InlineData("order-lines")]
    [InlineData("top-products-per-hour")]
    public async Task Gives_the_same_bytes(string processor)
    {
        await app.HasCaughtUp(processor);
        var live = await Stored("insights", processor);
        live.Count.ShouldBeGreaterThan(2);

        foreach (var pageSize in new[] { 1, 7, 500 })
        {
            (await Replayed(processor, pageSize)).ShouldBe(live, $"in pages of {pageSize}");
        }

        await app.Succeeds(await app.Rebuilds(processor));
        (await Stored("insights", processor)).ShouldBe(live, "rebuilt");
    }

    /// <summary>Page by page into tables of its own, as a rebuild does it, beginning anew in between.</summary>
    private async Task<IReadOnlyList<string>> Replayed(string processor, int pageSize)
    {
        var schema = $"same_{SchemaName.Of(processor)}_{pageSize}";
        await using var shadow = Shadow.Of(
            app.Host.Services.GetRequiredService<StoreTemplate>(), app.Store, processor, $"{processor}Same{pageSize}", schema);
        await app.Superuser($"{shadow.CreateScript()} grant usage on schema {schema} to public; grant all on all tables in schema {schema} to public;");
        foreach (var table in shadow.Tables)
        {
            await app.Superuser($"alter table {table.Shadow} add column if not exists {ShadowTable.Ignored} bigint");
        }

        shadow.Source.Options.BatchSize = pageSize;
        var shard = ((IEventStore<IDocumentOperations, IQuerySession>)shadow.Store).AllShards().Single();
        var head = await app.Head();
        var random = new Random(pageSize);
        for (long from = 0, to; from < head; from = to)
        {
            to = Math.Min(head, from + random.Next(1, (int)head / 3));
            await new LogReplay(shadow.Store, shard, NullLogger.Instance).Run(from, to, gate: null, _ => { }, CancellationToken.None);
        }

        return await Stored(schema, processor);
    }

    private async Task<IReadOnlyList<string>> Stored(string schema, string processor)
    {
        await using var source = NpgsqlDataSource.Create(app.Data.Superuser);
        var rows = new List<string>();
        var tables = new List<string>();
        await using (var find = source.CreateCommand("select table_name from information_schema.tables where table_schema = $1 and table_name like $2 order by 1"))
        {
            find.Parameters.AddWithValue(schema);
            find.Parameters.AddWithValue($"mt_doc_{processor.Replace('-', '_')}_%");
            await using var reader = await find.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            await using var read = source.CreateCommand($"select id || ' ' || data::text from {schema}.{table} order by id collate \"C\"");
            await using var reader = await read.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add($"{table} {reader.GetString(0)}");
            }
        }

        return rows;
    }

    /// <summary>Orders and what became of them, in some disorder: some late, some too late, one of the future, and time that passes between.</summary>
    private async Task Write()
    {
        var random = new Random(20_260_301);
        var facts = new List<(DateTimeOffset Heard, string Stream, object Event)>();
        for (var n = 0; n < Orders; n++)
        {
            var id = $"same-{n:D4}";
            var placed = Start.AddSeconds(n * 40);
            var heard = placed.AddSeconds(random.Next(n % 17 == 0 ? 2_000 : 50));
            facts.Add((heard, id, Placed(id, n == 70 ? placed.AddYears(50) : placed, random)));
            var pays = placed.AddSeconds(random.Next(1, 3_000));
            facts.Add((Later(heard, pays), id, (n % 5) switch
            {
                0 => new PaymentFailed(id, "p", "r", pays),
                1 => new OrderCancelled(id, CancellationCause.Customer, "r", pays),
                _ => new PaymentReceived(id, "p", 10, "EUR", "r", pays),
            }));
        }

        foreach (var n in new[] { 0, 20, 45, 70 })
        {
            facts.Add((Start.AddMinutes(n), "product-S-1", new ProductRevised("S-1", $"Tea {n}", 10 + n, "EUR", 1, "tea", Active: true, Start.AddMinutes(n))));
        }

        for (var n = 0; n < 40; n++)
        {
            var at = Start.AddMinutes(2 * n);
            facts.Add((at, "stock-S-1", n % 4 == 0 ? new StockReceived("S-1", 15, "r", at) : new QuantityReserved("S-1", $"same-{n}", 6, at)));
        }

        foreach (var n in new[] { 60, 75, 600, 11_000 })
        {
            facts.Add((Start.AddMinutes(n), LogClock.Stream, new TimeAdvanced(Start.AddMinutes(n))));
        }

        var begun = new HashSet<string>();
        foreach (var (heard, stream, e) in facts.OrderBy(f => f.Heard))
        {
            app.Clock.Move(heard - app.Clock.GetUtcNow());
            await using var session = app.Store.LightweightSession();
            if (begun.Add(stream))
            {
                session.Events.StartStream(e is TimeAdvanced ? typeof(LogClock) : typeof(Order), stream, e);
            }
            else
            {
                session.Events.Append(stream, e);
            }

            await session.SaveChangesAsync();
        }
    }

    private static DateTimeOffset Later(DateTimeOffset heard, DateTimeOffset happened) => happened > heard ? happened : heard.AddMilliseconds(1);

    private static OrderPlaced Placed(string id, DateTimeOffset at, Random random)
    {
        var quantity = random.Next(1, 5);
        var tea = new OrderLine("S-1", "Tea", "tea", 1, quantity, 10, 10 * quantity);
        var pot = new OrderLine($"S-{random.Next(2, 20)}", "Pot", "kitchen", 1, 1, 39.90m, 39.90m);
        IReadOnlyList<OrderLine> lines = random.Next(2) == 0 ? [tea] : [tea, pot];
        var total = lines.Sum(l => l.LineTotal);
        return new OrderPlaced(
            id, $"customer-{random.Next(12)}", random.Next(6) == 0 ? "CHF" : "EUR", lines, new Recipient("n", "s", "c", "p", "DE"), DeliveryService.Standard,
            new DeliveryCharge(0, 0, Zone: null, 1), total, total, at);
    }
}
