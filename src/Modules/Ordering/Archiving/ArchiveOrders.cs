using Marten;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.History;
using Wolverine.Attributes;

namespace Monolith.Ordering.Archiving;

/// <summary>Move the orders that ended long ago into the archive. Sent every night.</summary>
public sealed record ArchiveOrders;

public sealed record ArchivingOptions
{
    public const string Section = "Ordering";

    /// <summary>How long an order stays out of the archive, after the last thing that happened to it.</summary>
    public TimeSpan ArchiveAfter { get; init; } = TimeSpan.FromDays(90);
}

public static class ArchiveOrdersHandler
{
    private const int PageSize = 200;

    /// <summary>Seconds.</summary>
    private const int OneNight = 6 * 60 * 60;

    [MessageTimeout(OneNight)]
    public static async Task Handle(
        ArchiveOrders _, IQuerySession session, StreamArchive archive, IOptionsMonitor<ArchivingOptions> options, TimeProvider time,
        ILogger<ArchiveOrders> log, CancellationToken cancellation)
    {
        if (!archive.IsConfigured)
        {
            log.LogWarning("Orders are not archived: no connection string of the archiver is configured");
            return;
        }

        var before = time.BusinessNow() - options.CurrentValue.ArchiveAfter;
        for (var (last, count) = ("", 0); ;)
        {
            var page = await Candidates(session, last, before, cancellation);
            if (page is not [.., var end])
            {
                log.LogInformation("{Orders} orders were archived", count);
                return;
            }

            var orders = await session.LoadManyAsync<Order>(cancellation, page);
            var ended = orders.Where(order => MayBeArchived(order, before)).Select(order => (order.Id, order.EventsFolded)).ToList();
            await archive.Archive(ended, cancellation);
            (last, count) = (end, count + ended.Count);
        }
    }

    /// <summary>
    /// It is over, its money is square, and nothing has happened to it for long enough. A payment that was opened and never made may still be made,
    /// however late; then it has to be given back.
    /// </summary>
    public static bool MayBeArchived(Order order, DateTimeOffset before) =>
        order.UpdatedAt < before
        && order.Status is OrderStatus.Delivered or OrderStatus.Cancelled
        && order.Payment is { PaymentId: null } or { Status: PaymentStatus.Received or PaymentStatus.Refunded };

    /// <summary>Orders outside the archive to which nothing was appended for long enough.</summary>
    private static Task<IReadOnlyList<string>> Candidates(IQuerySession session, string last, DateTimeOffset before, CancellationToken cancellation) =>
        session.AdvancedSql.QueryAsync<string>(
            $"""
            select s.id from {session.DocumentStore.Options.Events.DatabaseSchemaName}.mt_streams s
            where not s.is_archived and s.type = 'order' and s.id > ? and s.timestamp < ? order by s.id limit {PageSize}
            """,
            cancellation,
            last,
            before);
}
