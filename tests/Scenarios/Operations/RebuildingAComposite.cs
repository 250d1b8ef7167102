using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Folding;
using Npgsql;
using Weasel.Core.Migrations;

namespace Monolith.Scenarios.Operations;

/// <summary>Several projections that progress as one, of a kind that no module has: one document per stream, then one per customer.</summary>
public sealed class RebuildingAComposite(TestServer server) : IAsyncLifetime
{
    private const string Name = "Purchases";

    private readonly App app = new(server) { Services = services => services.ConfigureMarten(Configure) };

    public sealed record Purchase(string Id, decimal Total, long EventsFolded) : IFolded<Purchase>
    {
        public static Purchase? Fold(Purchase? state, object e) => e is OrderPlaced p ? new Purchase(p.OrderId, p.Total, 1) : state;
    }

    public sealed class PurchaseProjection() : FoldProjection<Purchase>("Purchase", [typeof(OrderPlaced)]);

    public sealed record Purchases(string Id, int Orders, decimal Total);

    public sealed class PurchasesProjection : MultiStreamProjection<Purchases, string>
    {
        public PurchasesProjection()
        {
            Name = "PurchasesOfCustomer";
            Identity<OrderPlaced>(placed => placed.CustomerId);
        }

        public override Purchases? Evolve(Purchases? snapshot, string id, IEvent e) => e.Data is OrderPlaced p
            ? new Purchases(id, (snapshot?.Orders ?? 0) + 1, (snapshot?.Total ?? 0) + p.Total)
            : snapshot;
    }

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        await MakeTables();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task All_its_parts_change_at_once_and_go_on()
    {
        await OrderStories.Write(app.Store, 600);
        await app.HasCaughtUp(Name);
        var (orders, customers) = await Rows();
        customers.Sum(c => c.Orders).ShouldBe(orders.Count);
        orders.Count.ShouldBe(600);
        var spoilt = orders[1].Id;
        await app.Superuser("update purchases.mt_doc_rebuildingacomposite_purchase set data = jsonb_set(data, '{total}', '999') where id = $1", spoilt);
        await app.Superuser("delete from purchases.mt_doc_rebuildingacomposite_purchases where id = $1", "customer-1");

        var outcome = await app.Succeeds(await app.Rebuilds(Name));

        ((int)outcome["report"]!["different"]!, (int)outcome["report"]!["onlyRebuilt"]!).ShouldBe((1, 1));
        var (ordersAfter, customersAfter) = await Rows();
        ordersAfter.ShouldBe(orders);
        customersAfter.ShouldBe(customers);
        (await app.Leftovers()).ShouldBeEmpty();

        // Its parts stand where it stands, and so it goes on.
        await app.HasProduct("COMP-1");
        await app.HasOrder("COMP-1", customerId: "customer-1");
        await app.HasCaughtUp(Name);
        (await Rows()).Customers.Single(c => c.Id == "customer-1").Orders.ShouldBe(customers.Single(c => c.Id == "customer-1").Orders + 1);

        var back = (await app.Send("POST", $"/admin/projections/{Name}/rollback", new { reason = "it was right before" }, expect: 202)).Header("Location");
        await app.Succeeds(back);
        var (ordersBack, customersBack) = await Rows();
        ordersBack.Single(o => o.Id == spoilt).Total.ShouldBe(999);
        customersBack.Single(c => c.Id == "customer-1").Orders.ShouldBe(1);
    }

    private static void Configure(StoreOptions options)
    {
        options.Schema.For<Purchase>().DatabaseSchemaName("purchases");
        options.Schema.For<Purchases>().DatabaseSchemaName("purchases");
        options.Projections.CompositeProjectionFor(Name, composite =>
        {
            composite.Add(new PurchaseProjection());
            composite.Add(new PurchasesProjection(), stageNumber: 2);
        });
    }

    /// <summary>The schema that all tests share does not have them.</summary>
    private async Task MakeTables()
    {
        var database = (IDatabase)app.Store.Storage.Database;
        var script = new StringWriter();
        await script.WriteLineAsync("create schema purchases;");
        foreach (var part in database.BuildFeatureSchemas()
            .Where(f => f.StorageType == typeof(Purchase) || f.StorageType == typeof(Purchases)).SelectMany(f => f.Objects))
        {
            part.WriteCreateStatement(database.Migrator, script);
        }

        await using var source = NpgsqlDataSource.Create(app.Data.App);
        await using var command = source.CreateCommand(script.ToString());
        await command.ExecuteNonQueryAsync();
    }

    private async Task<(IReadOnlyList<Purchase> Orders, IReadOnlyList<Purchases> Customers)> Rows()
    {
        await using var session = app.Store.QuerySession();
        return (await session.Query<Purchase>().OrderBy(p => p.Id).ToListAsync(), await session.Query<Purchases>().OrderBy(p => p.Id).ToListAsync());
    }
}
