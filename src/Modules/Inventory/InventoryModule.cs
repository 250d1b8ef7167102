using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Inventory;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Folding;

namespace Monolith.Inventory;

public static class InventoryModule
{
    private const string Schema = "inventory";

    /// <summary>The events of a ledger and their stored names, which are for ever.</summary>
    public static IReadOnlyDictionary<Type, string> Events { get; } = new Dictionary<Type, string>
    {
        [typeof(StockReceived)] = "inventory.StockReceived",
        [typeof(StockAdjusted)] = "inventory.StockAdjusted",
        [typeof(QuantityReserved)] = "inventory.QuantityReserved",
        [typeof(QuantityReleased)] = "inventory.QuantityReleased",
        [typeof(QuantityShipped)] = "inventory.QuantityShipped",
    };

    public static IServiceCollection AddInventory(this IServiceCollection services) => services
        .AddExamples(InventoryExamples.All)
        .ConfigureMarten(ConfigureMarten);

    private static void ConfigureMarten(StoreOptions options)
    {
        options.MapEvents(Events);
        options.Projections.Add(new StockProjection(), ProjectionLifecycle.Async);
        options.Schema.For<Stock>().DatabaseSchemaName(Schema);
        options.Schema.For<Reservation>().DatabaseSchemaName(Schema).UseOptimisticConcurrency(true);
    }
}
