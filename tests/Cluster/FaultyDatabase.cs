using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Monolith.Host.Hosting;
using Monolith.LocalPostgres;
using Npgsql;

namespace Monolith.Cluster;

/// <summary>Customers buy without a pause while the database, and the network in front of it, fail in every way that can be had.</summary>
public sealed class FaultyDatabase(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Customers = 4;

    private static readonly string[] Skus = [.. Enumerable.Range(1, 2 * Customers).Select(n => $"FAULT-{n}")];

    /// <summary>Nobody waits longer for an answer, whatever it is.</summary>
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(20);

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"monolith-faults-{Guid.NewGuid():N}");
    private readonly ConcurrentDictionary<string, string> acknowledged = [];
    private LocalPostgresServer server = null!;
    private SmallDisk? disk;
    private Task[] buying = [];
    private TestDatabase data = null!;
    private Proxy proxy = null!;

    public async ValueTask InitializeAsync()
    {
        disk = Scale.Full ? await SmallDisk.On(folder) : null;
        server = await StartServer();
        var (owner, app, archiver) = await FreshDatabase.Ensure(server.ConnectionString, "faults", server.Password);
        await Schema.Apply(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"ConnectionStrings:{Database.OwnerName}", (string?)owner)]).Build());
        data = new TestDatabase(FreshDatabase.For(server.ConnectionString, "faults", "postgres"), owner, app, archiver);
        proxy = new Proxy(server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await server.DisposeAsync();
        await (disk?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Everything_goes_on_by_itself_and_nothing_is_half_done()
    {
        await using var node = new Node(proxy.Over(data), ("RateLimits__PerSecond", "1000000"), ("RateLimits__Burst", "1000000"));
        node.Start();
        await Task.WhenAll(Skus.Select(sku => node.Sells(sku)));
        using var closing = new CancellationTokenSource();
        buying = [.. Enumerable.Range(0, Customers).Select(c => Buys(node, c, closing.Token))];

        await During(node, "connections are cut", () => Again(node, 5, proxy.Cut));
        await During(node, "the line is dead and nobody knows", async () =>
        {
            proxy.Swallow();
            await FailsFast(node);
            proxy.Heal();
        });
        await During(node, "a table is locked", () => Locked("lock table ordering.mt_doc_order in access exclusive mode", () => FailsFast(node)));
        await During(node, "the server is killed", async () =>
        {
            await KillServer();
            await FailsFast(node);
            await Restart();
        });
        if (Scale.Full)
        {
            await During(node, "sessions are ended", () => Ask("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"));
            await During(node, "a transaction is held open", () => Locked("select nextval('events.mt_events_sequence'), pg_current_xact_id()", () => NextOrders(node)));
            await During(node, "the server is restarted", Restart);
            await During(node, "the line is slow", async () =>
            {
                proxy.Delay = TimeSpan.FromMilliseconds(50);
                await NextOrders(node);
                proxy.Delay = TimeSpan.Zero;
            });
        }

        if (Scale.Full && disk is null)
        {
            output.WriteLine("the disk is not filled: only root on Linux can have one that is small");
        }

        if (disk is not null)
        {
            await During(node, "the disk is full", async () =>
            {
                await disk.Full(() => Until(() => IsRefused(node), "a change that is refused", state: node.State));
                // One that cannot write its log ends itself.
                await Restart();
            });
        }

        await closing.CancelAsync();
        await Task.WhenAll(buying);
        await Balances(node);
    }

    /// <summary>A fault, and how long it takes until everything is well again.</summary>
    private async Task During(Node node, string what, Func<Task> fault)
    {
        await NextOrders(node);
        await fault();
        var orders = await NextOrders(node);
        var head = (await node.Get("/admin/projections?limit=200"))["items"]!.AsArray().Max(p => (long)p!["head"]!);
        var models = await Until(async () => (await node.Get("/admin/projections?limit=200"))["items"]!.AsArray()
            .All(p => (long)p!["position"]! >= head && p["status"]!.ToString() == "running"), $"the read models after: {what}", state: node.State);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: next orders after {orders.TotalSeconds:F1} s, read models at the head after {models.TotalSeconds:F1} s more"));
    }

    private async Task<TimeSpan> NextOrders(Node node)
    {
        var before = acknowledged.Count;
        return await Until(async () =>
        {
            if (buying.FirstOrDefault(b => b.IsFaulted) is { } refused)
            {
                throw new InvalidOperationException($"A customer cannot buy any more. {await node.State()}", refused.Exception);
            }

            return acknowledged.Count > before + (2 * Customers);
        }, "the next orders", state: node.State);
    }

    /// <summary>Whoever asks now is told so, soon.</summary>
    private async Task FailsFast(Node node)
    {
        using var http = new HttpClient { BaseAddress = node.Http.BaseAddress, Timeout = Fast };
        var start = Stopwatch.GetTimestamp();
        var customer = new Customer(http, $"refused-{start}");
        var read = http.GetAsync(new Uri("/v1/orders/none", UriKind.Relative));
        var write = customer.Post("/v1/orders", $"refused-{start}", Customer.OrderOf("refused", Skus[0]));
        foreach (var answer in await Task.WhenAll(read, write))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Dispose();
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  refused after {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
    }

    /// <summary>What still fits into a page that is there already is accepted.</summary>
    private static async Task<bool> IsRefused(Node node)
    {
        using var http = new HttpClient { BaseAddress = node.Http.BaseAddress, Timeout = Fast };
        using var answer = await http.PutAsJsonAsync(
            new Uri($"/v1/products/FULL-{Stopwatch.GetTimestamp()}", UriKind.Relative), new { name = "Tea", unitPrice = 3, currency = "EUR", weightKg = 1, category = "tea", active = true });
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable;
    }

    private async Task Again(Node node, int times, Action fault)
    {
        for (var n = 0; n < times; n++)
        {
            fault();
            await NextOrders(node);
        }
    }

    /// <summary>Somebody else's transaction does something and then nothing.</summary>
    private async Task Locked(string sql, Func<Task> meanwhile)
    {
        await using var other = new NpgsqlConnection(data.Superuser + ";Pooling=false");
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, other, transaction);
        await command.ExecuteNonQueryAsync();
        await meanwhile();
        await transaction.RollbackAsync();
    }

    private async Task Restart()
    {
        await server.DisposeAsync();
        server = await StartServer();
    }

    /// <summary>All of its processes at once, as when the machine loses its power.</summary>
    private async Task KillServer()
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(await Ask("show data_directory"), "postmaster.pid")))[0];
        using var kill = Process.Start("kill", ["-9", postmaster, .. (await Ask("select string_agg(pid::text, ' ') from pg_stat_activity")).Split(' ')]);
        await kill.WaitForExitAsync();
    }

    private async Task<string> Ask(string sql)
    {
        await using var source = NpgsqlDataSource.Create(data.Superuser);
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }

    private async Task Buys(Node node, int customer, CancellationToken closing)
    {
        for (var n = 0; !closing.IsCancellationRequested; n++)
        {
            var name = $"customer-{customer}-{n}";
            using var answer = await new Customer(node, name).Orders(Skus[n % Skus.Length]);
            acknowledged[name] = answer.Headers.Location!.ToString();
        }
    }

    private async Task Balances(Node node)
    {
        output.WriteLine($"{acknowledged.Count} orders");
        acknowledged.Values.Distinct().Count().ShouldBe(acknowledged.Count);
        await Until(async () => (await Task.WhenAll(Skus.Select(sku => node.Get($"/v1/stock/{sku}")))).Sum(s => (long)s["reserved"]!) == acknowledged.Count, "every order to have its piece, once",
            state: async () => $"{await node.Get("/admin/dead-letters")}\n{await node.State()}");
        (await node.Get("/admin/dead-letters"))["items"]!.AsArray().ShouldBeEmpty();
        await Until(async () => (await node.Get("/v1/reports/orders-per-day"))["items"]!.AsArray().Sum(r => (int)r!["orders"]!) == acknowledged.Count, "the report");
    }

    private Task<LocalPostgresServer> StartServer() => LocalPostgresServer.StartAsync(new LocalPostgresOptions { Directory = folder });
}
