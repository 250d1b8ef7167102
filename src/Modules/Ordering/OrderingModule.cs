using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Ordering.Archiving;
using Monolith.Ordering.Correcting;
using Monolith.Ordering.Listing;
using Monolith.Ordering.Publishing;
using Monolith.Ordering.Reporting;
using Monolith.Ordering.Viewing;
using Wolverine;

namespace Monolith.Ordering;

public static class OrderingModule
{
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddOptions<ArchivingOptions>()
            .BindConfiguration(ArchivingOptions.Section)
            .Validate(options => options.ArchiveAfter > TimeSpan.Zero, "Ordering:ArchiveAfter must be longer than nothing.")
            .ValidateOnStart();
        services.AddWolverineExtension<EveryNight>();
        return services
        .AddScoped<IOrders, Orders>()
        .AddSingleton<IDeliveryFeeReview, DeliveryFeeReview>()
        .AddMask<PaymentReceived>(e => e with { Reference = Mask.Text })
        .AddMask<PaymentFailed>(e => e with { Reference = Mask.Text })
        .AddMask<RefundConfirmed>(e => e with { Reference = Mask.Text })
        .AddMask<RefundFailed>(e => e with { Reference = Mask.Text })
        .AddMask<OrderPlaced>(e => e with { DeliverTo = OrderView.Masked(e.DeliverTo) })
        .AddPublicOrderEvents()
        .AddExamples(OrderingExamples.All)
        .ConfigureMarten(ConfigureMarten);
    }

    private sealed class EveryNight : IWolverineExtension
    {
        public void Configure(WolverineOptions options) => options.Schedules.ScheduleRecurring<ArchiveOrders>("43 2 * * *");
    }

    private static void ConfigureMarten(StoreOptions options)
    {
        OrderEvents.Map(options);

        options.Projections.Add(new OrderProjection(), ProjectionLifecycle.Inline);
        options.Projections.Add(new OrderListProjection(), ProjectionLifecycle.Async);
        options.Projections.Add(new OrdersPerDayProjection(), ProjectionLifecycle.Async);
        options.Projections.Add(new CustomerSummaryProjection(), ProjectionLifecycle.Async);

        options.Schema.For<Order>().DatabaseSchemaName("ordering");
        options.Schema.For<OrderListItem>().DatabaseSchemaName("ordering")
            .Duplicate(o => o.PlacedAt)
            .Duplicate(o => o.CustomerId);
        options.Schema.For<OrdersPerDay>().DatabaseSchemaName("ordering");
        options.Schema.For<OrderOnDay>().DatabaseSchemaName("ordering");
        options.Schema.For<FeeFinding>().DatabaseSchemaName("ordering").Index(f => f.ReviewId);
        options.Schema.For<CustomerSummary>().DatabaseSchemaName("ordering");
        options.Schema.For<OrderOfCustomer>().DatabaseSchemaName("ordering");
    }
}
