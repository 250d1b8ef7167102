using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Payments;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Folding;
using Monolith.Kernel.Webhooks;
using Monolith.Payments.Reporting;
using Monolith.Payments.Unmatched;

namespace Monolith.Payments;

public static class PaymentsModule
{
    private const string Schema = "payments";

    /// <summary>The events of a payment and their stored names, which are for ever.</summary>
    public static IReadOnlyDictionary<Type, string> Events { get; } = new Dictionary<Type, string>
    {
        [typeof(PaymentOpened)] = "payments.PaymentOpened",
        [typeof(PaymentSettled)] = "payments.PaymentSettled",
        [typeof(PaymentDeclined)] = "payments.PaymentDeclined",
        [typeof(PaymentExpired)] = "payments.PaymentExpired",
        [typeof(PaymentCancelled)] = "payments.PaymentCancelled",
        [typeof(PaymentAmended)] = "payments.PaymentAmended",
        [typeof(RefundOpened)] = "payments.RefundOpened",
        [typeof(RefundSettled)] = "payments.RefundSettled",
        [typeof(RefundDeclined)] = "payments.RefundDeclined",
    };

    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddOptions<PaymentOptions>()
            .BindConfiguration(PaymentOptions.Section)
            .Validate(options => options.Deadline > TimeSpan.Zero, "Payments:Deadline must be longer than nothing.")
            .Validate(
                options => options.Webhook.Secrets.All(WebhookSignature.IsSecret), "Every entry of Payments:Webhook:Secrets must be whsec_ and base64.")
            .ValidateOnStart();
        return services
            .AddExamples(PaymentsExamples.All)
            .AddMask<PaymentSettled>(e => e with { Reference = Mask.Text })
            .AddMask<PaymentDeclined>(e => e with { Reference = Mask.Text })
            .AddMask<RefundSettled>(e => e with { Reference = Mask.Text })
            .AddMask<RefundDeclined>(e => e with { Reference = Mask.Text })
            .AddMask<MoneyUnmatched>(e => e with { Reference = Mask.Text })
            .AddMask<ReportRejected>(e => e with { Reference = Mask.Text })
            .AddMask<ReportUnmatched>(e => e with { Reference = Mask.Text })
            .ConfigureMarten(ConfigureMarten);
    }

    private static void ConfigureMarten(StoreOptions options)
    {
        options.MapEvents(Events);
        options.MapEvents(UnmatchedPayment.Events);
        options.Projections.Add(new PaymentProjection(), ProjectionLifecycle.Inline);
        options.Projections.Add(new UnmatchedPaymentProjection(), ProjectionLifecycle.Async);

        options.Schema.For<Payment>().DatabaseSchemaName(Schema).Index(p => p.OrderId, index => index.IsUnique = true);
        options.Schema.For<UnmatchedPayment>().DatabaseSchemaName(Schema).Duplicate(p => p.ReportedAt);
        options.Schema.For<SeenReport>().DatabaseSchemaName(Schema);
    }
}
