using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.Logging;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// Replays the log into one shard of a shadow in the order of the log, page by page, each with its progress in one transaction; the next page
/// is read meanwhile. Where a projection does more than to fold pages into documents, it is the daemon's own execution in the mode for catching
/// up, which sends no messages and raises no alerts.
/// </summary>
internal sealed class LogReplay(DocumentStore store, AsyncShard<IDocumentOperations, IQuerySession> shard, ILogger log)
{
    private readonly IEventStore<IDocumentOperations, IQuerySession> events = store;
    private readonly IEventDatabase database = (IEventDatabase)store.Storage.Database;
    private readonly PageMerge? merge = PageMerge.Of(store, shard);

    /// <param name="from">The position of the shard.</param>
    /// <param name="to">Not beyond the high-water mark.</param>
    /// <param name="gate">None where nothing may hold it up.</param>
    /// <param name="page">Is told the position after each page.</param>
    /// <exception cref="InvalidOperationException">An event could not be folded; or what the projection itself has thrown, which says which.</exception>
    public async Task Run(long from, long to, Gate? gate, Action<long> page, CancellationToken cancellation)
    {
        var execution = shard.Factory.BuildExecution(store, database, log, shard.Name);
        execution.Mode = ShardExecutionMode.CatchUp;
        var loader = events.BuildEventLoader(database, log, shard.Filters, shard.Options, shard.Name);
        var metrics = new SubscriptionMetrics(events, shard.Name, database);
        await using var agent = new SubscriptionAgent(
            shard.Name, shard.Options, events.TimeProvider, loader, execution, new ShardStateTracker(log), metrics, log);

        var pages = merge;
        Task<EventPage>? next = from < to ? Load(from) : null;
        try
        {
            while (next is not null)
            {
                var current = await next;
                await (gate?.Pass(current.Count, cancellation) ?? Task.CompletedTask);
                next = current.Ceiling < to ? Load(current.Ceiling) : null;
                if (pages is null || !await pages.Try(current, cancellation))
                {
                    // It would go the same way with most pages, and each would be folded twice.
                    pages = null;
                    await execution.ProcessImmediatelyAsync(agent, current, cancellation);
                }

                if (agent.Failure is { } failure)
                {
                    throw new InvalidOperationException(ShardError.Describe(failure.Event, failure.Detail));
                }

                page(current.Ceiling);
            }
        }
        finally
        {
            // The page that was read ahead is of no use after a failure, but must not outlive the store.
            await ((Task?)next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task<EventPage> Load(long floor) => loader.LoadAsync(
            new EventRequest
            {
                Floor = floor,
                HighWater = to,
                BatchSize = shard.Options.BatchSize,
                Name = shard.Name,
                ErrorOptions = events.ErrorHandlingOptions(ShardExecutionMode.CatchUp),
                Runtime = new NulloDaemonRuntime(),
                Metrics = metrics,
            },
            cancellation);
    }
}
