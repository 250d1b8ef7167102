using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Monolith.Contracts.Inventory;
using Monolith.Host.Hosting;
using Monolith.Inventory;

namespace Monolith.Browser.Infrastructure;

/// <summary>
/// The real application with some days of a shop in it, and a browser to look at it. All tests share them, and look at them one after the other.
/// </summary>
[CollectionDefinition(nameof(Site))]
public sealed class Site(TestServer server) : ICollectionFixture<Site>, IAsyncLifetime
{
    /// <summary>A product with a long ledger.</summary>
    public const string BusySku = "BUSY.1";

    public const int BusyEvents = 100_000;

    /// <summary>A product that has almost run out.</summary>
    public const string RareSku = "RARE-1";

    private const int EventsOfCommit = 5_000;

    private IPlaywright? playwright;

    /// <summary>Where screenshots go.</summary>
    public static string Artifacts { get; } = Directory.CreateDirectory(Path.Combine(Checkout.Folder, "artifacts", "console")).FullName;

    internal Node Node { get; private set; } = null!;

    internal TestDatabase Data { get; private set; } = null!;

    internal Issuer Issuer { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The address of an order that was paid, shipped and delivered, and whose fee was corrected.</summary>
    public string Order { get; private set; } = null!;

    /// <summary>A verification that has ended.</summary>
    public string OperationId { get; private set; } = null!;

    public string OrderId => Order.Split('/')[^1];

    public async ValueTask InitializeAsync()
    {
        if (!Chromium.IsInstalled)
        {
            return;
        }

        Data = await server.NewDatabase();
        Issuer = await Issuer.Start();
        Node = new Node(Data, Issuer.Settings);
        Node.Start();
        await Fill();
        await Trade();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (playwright is not null)
        {
            await Browser.DisposeAsync();
            playwright.Dispose();
        }

        if (Chromium.IsInstalled)
        {
            await Node.DisposeAsync();
            await Issuer.DisposeAsync();
        }
    }

    /// <summary>Puts events into a ledger, past all commands.</summary>
    internal async Task Append(string ledger, IEnumerable<object> events)
    {
        await using var log = Schema.HostFor(Data.App);
        foreach (var commit in events.Chunk(EventsOfCommit))
        {
            await using var session = log.Services.GetRequiredService<IDocumentStore>().LightweightSession();
            _ = await session.Events.FetchStreamStateAsync(ledger) is null ? session.Events.StartStream<Stock>(ledger, commit) : session.Events.Append(ledger, commit);
            await session.SaveChangesAsync();
        }
    }

    private async Task Fill()
    {
        foreach (var sku in (string[])["TEA-1", "TEA-2", RareSku, BusySku])
        {
            var product = new { name = $"Product {sku}", unitPrice = 4.50m, currency = "EUR", weightKg = 0.1, category = "tea", active = true };
            using var answer = await Node.Http.PutAsJsonAsync(new Uri($"/v1/products/{sku}", UriKind.Relative), product);
            answer.EnsureSuccessStatusCode();
            await Node.Post($"/v1/stock/{sku}/receipts", new { quantity = 1_000, reference = "first" });
        }

        await Node.Post($"/v1/stock/{RareSku}/adjustments", new { delta = -997, reason = "counted" });
        var start = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        await Append(Stock.StreamOf(BusySku), Enumerable.Range(1, BusyEvents - 1).Select(n => new StockReceived(BusySku, 1 + (n % 5), $"note {n}", start.AddSeconds(n))));
    }

    private async Task Trade()
    {
        var anna = new Customer(Node, "anna");
        Order = await anna.Places("TEA-1");
        await anna.Sees(Order, o => o["status"]!.ToString() == "awaitingPayment");
        await anna.Reports(Order, "payment.succeeded");
        await anna.Sees(Order, o => o["status"]!.ToString() == "paid");
        await anna.Delivers(await anna.Ships(Order));
        await anna.Sees(Order, o => o["status"]!.ToString() == "delivered");
        await Node.Post($"{Order}/corrections/delivery-fee", new { correctFee = 3.90m, reason = "wrong zone" });

        await new Customer(Node, "bert").Places("TEA-2");
        var carla = new Customer(Node, "carla");
        await carla.Cancels(await carla.Places("TEA-2"));
        await Settled();
        OperationId = (await Node.Post("/admin/projections/OrderList/verification", new { reason = "to be sure" }))["id"]!.ToString();
        await Until(async () => (await Node.Get($"/admin/operations/{OperationId}"))["finishedAt"] is not null, "the verification");
    }

    /// <summary>Waits until every projection has seen the whole log.</summary>
    internal async Task<JsonNode> Settled()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var projections = (await Node.Get("/admin/projections?limit=200"))["items"]!.AsArray();
            if (projections.All(p => (long)p!["lagEvents"]! == 0))
            {
                return projections;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
