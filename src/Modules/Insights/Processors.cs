using Microsoft.AspNetCore.Http;
using Monolith.Insights.Activity;
using Monolith.Insights.Paying;
using Monolith.Insights.Products;
using Monolith.Insights.Selling;
using Monolith.Insights.Stock;
using Monolith.Insights.Viewing;
using Monolith.Kernel.Problems;

namespace Monolith.Insights;

/// <summary>All processors. A new one is added here.</summary>
internal static class Processors
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<IInsight> All { get; } =
    [
        .. new IInsight[]
        {
            new Insight<SalesPerMinute, Sales>(),
            new Insight<SalesPerHour, Sales>(),
            new Insight<SalesPerDay, Sales>(),
            new Insight<RevenueWeekOverWeek, RevenueOfTwoWeeks>(),
            new Insight<StockLevels, StockLevel>(),
            new Insight<PaymentFailureRate, Attempts>(),
            new Insight<CustomerSessions, Doings>(),
            new Insight<TimeToPay, OrderAndPayment>(),
            new Insight<OrderLines, LineWithProduct>(),
            new Insight<TopProducts, SoldProducts>(),
        }.OrderBy(p => p.Name, StringComparer.Ordinal),
    ];

    public static IInsight? Find(string name) => All.FirstOrDefault(p => p.Name == name);

    public static IResult NoneOf(string name) => Results.Problem(ProblemTypes.NotFound.With($"There is no processor {name}."));
}
