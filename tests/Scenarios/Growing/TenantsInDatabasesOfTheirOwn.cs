using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Host.Hosting;
using Monolith.Kernel;
using Monolith.Ordering;
using Monolith.Ordering.Listing;

namespace Monolith.Scenarios.Growing;

/// <summary>The store of the application as it is, told where the database of each tenant is: events, snapshots and read models of one are not in that of another.</summary>
public sealed class TenantsInDatabasesOfTheirOwn(TestServer server) : IAsyncLifetime
{
    private const string North = "north";
    private const string South = "south";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DocumentStore store = null!;

    public async ValueTask InitializeAsync()
    {
        var (north, south) = (await server.NewDatabase(), await server.NewDatabase());
        await using var host = Schema.HostFor(north.App);
        var options = host.Services.GetRequiredService<StoreTemplate>().Create();
        options.MultiTenantedDatabases(databases =>
        {
            databases.AddSingleTenantDatabase(north.App, North);
            databases.AddSingleTenantDatabase(south.App, South);
        });
        store = new DocumentStore(options);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Have_logs_snapshots_and_read_models_of_their_own()
    {
        await Place(North, orders: 30);
        await Place(South, orders: 10);

        (await Order(North, 7)).ShouldNotBeNull().Total.ShouldBe((await Order(South, 7)).ShouldNotBeNull().Total);
        (await Order(North, 20)).ShouldNotBeNull();
        (await Order(South, 20)).ShouldBeNull();

        await Project(North);
        (await Listed(North)).ShouldBe(30);
        (await Listed(South)).ShouldBe(0);
        await Project(South);
        (await Listed(South)).ShouldBe(10);

        using var daemon = await store.BuildProjectionDaemonAsync(North);
        await daemon.RebuildProjectionAsync(OrderListProjection.ProjectionName, CancellationToken.None);
        (await Listed(North)).ShouldBe(30);
        (await Listed(South)).ShouldBe(10);
    }

    private async Task Place(string tenant, int orders)
    {
        await using var session = store.LightweightSession(tenant);
        for (var n = 0; n < orders; n++)
        {
            session.Events.StartStream<Order>(Id(n), OrderStories.Of(Id(n), n));
        }

        await session.SaveChangesAsync();
    }

    private async Task<Order?> Order(string tenant, int n)
    {
        await using var session = store.QuerySession(tenant);
        return await session.LoadAsync<Order>(Id(n));
    }

    private async Task Project(string tenant)
    {
        using var daemon = await store.BuildProjectionDaemonAsync(tenant);
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(Patience);
        await daemon.StopAllAsync();
    }

    private async Task<int> Listed(string tenant)
    {
        await using var session = store.QuerySession(tenant);
        return await session.Query<OrderListItem>().CountAsync();
    }

    private static string Id(int n) => $"order-{n}";
}
