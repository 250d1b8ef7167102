using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Monolith.Host.Hosting;
using Monolith.LocalPostgres;

namespace Monolith.Scenarios.Conventions;

/// <summary>A server of its own, because it is stopped under the running application.</summary>
public sealed class DatabaseAway : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"monolith-away-{Guid.NewGuid():N}");
    private LocalPostgresServer? server;

    private Task<LocalPostgresServer> StartServer() =>
        LocalPostgresServer.StartAsync(new LocalPostgresOptions { Directory = folder, Durable = false });

    public async ValueTask InitializeAsync() => server = await StartServer();

    [Fact]
    public async Task Requests_fail_at_once_and_everything_recovers_by_itself()
    {
        var (owner, role, archiver) = await FreshDatabase.Ensure(server!.ConnectionString, "away", server.Password);
        await Schema.Apply(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create($"ConnectionStrings:{Database.OwnerName}", (string?)owner)]).Build());
        await using var app = new App(new TestDatabase(server.ConnectionString, owner, role, archiver)) { InCluster = true };
        await app.InitializeAsync();
        await app.HasProduct("AWAY-1");
        await app.HasOrder("AWAY-1");

        await server.DisposeAsync();

        foreach (var (method, path, body) in new (string, string, object?)[]
        {
            ("GET", "/v1/orders/some", null), ("GET", "/v1/orders", null), ("POST", "/v1/orders", Shop.OrderOf("AWAY-1")), ("GET", "/health/ready", null),
            ("POST", "/admin/projections/OrderList/rebuilds", new { reason = "r" }),
        })
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = await app.Send(method, path, body, expect: 503);
            Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(5), path);
            await Task.FromResult(answer).ShouldBeProblem("unavailable");
            answer.Header("Retry-After").ShouldNotBeEmpty();
        }

        (await app.Send("GET", "/health/live")).Context.Response.StatusCode.ShouldBe(200);

        server = await StartServer();
        var id = await app.HasOrder("AWAY-1", customerId: "back");
        await app.Send("GET", $"/v1/orders/{id}");
        await app.Send("GET", "/health/ready");
        await App.Eventually(async () =>
            (await app.Send("GET", $"/v1/orders?customerId=back&minSequence={await app.Head()}").Json())["items"]!.AsArray().Count.ShouldBe(1));
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
