using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Folding;
using Monolith.Shipping.Fees;

namespace Monolith.Shipping;

public static class ShippingModule
{
    /// <summary>The events of a shipment and their stored names, which are for ever.</summary>
    public static IReadOnlyDictionary<Type, string> Events { get; } = new Dictionary<Type, string>
    {
        [typeof(ShipmentPlanned)] = "shipping.ShipmentPlanned",
        [typeof(ShipmentDispatched)] = "shipping.ShipmentDispatched",
        [typeof(ShipmentDelivered)] = "shipping.ShipmentDelivered",
        [typeof(ShipmentCancelled)] = "shipping.ShipmentCancelled",
    };

    public static IServiceCollection AddShipping(this IServiceCollection services)
    {
        services.AddOptions<ShippingOptions>()
            .BindConfiguration(ShippingOptions.Section)
            .Validate(options => options.FeePolicy == 0 || FeePolicy.Find(options.FeePolicy) is not null, "Shipping:FeePolicy must be the version of a fee policy.")
            .ValidateOnStart();
        return services
        .AddScoped<IShipments, Shipments>()
        .AddSingleton<IDeliveryFees, DeliveryFees>()
        .AddExamples(ShippingExamples.All)
        .ConfigureMarten(ConfigureMarten);
    }

    private static void ConfigureMarten(StoreOptions options)
    {
        options.MapEvents(Events);
        options.Projections.Add(new ShipmentProjection(), ProjectionLifecycle.Inline);
        options.Schema.For<Shipment>().DatabaseSchemaName("shipping").Index(s => s.OrderId, index => index.IsUnique = true);
    }
}
