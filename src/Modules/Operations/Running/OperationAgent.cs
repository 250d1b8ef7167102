using Marten;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Running;

namespace Monolith.Operations.Running;

/// <summary>Carries the operations of the cluster through.</summary>
internal sealed class OperationAgent(IDocumentStore store, OperationRunner runner, TimeProvider time, ILogger<OperationAgent> log)
    : WorkingAgent("operations")
{
    /// <summary>Paused ones count too, so there are more than the machine could do at once.</summary>
    private const int AtATime = 16;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>After it could not even be recorded how an operation ended, or while another process is still at it.</summary>
    private static readonly TimeSpan NextTry = TimeSpan.FromSeconds(1);

    protected override async Task Work(CancellationToken cancellation)
    {
        var running = new Dictionary<string, Task>(StringComparer.Ordinal);
        while (await Next(cancellation))
        {
            foreach (var (id, _) in running.Where(r => r.Value.IsCompleted).ToList())
            {
                running.Remove(id);
            }

            foreach (var id in (await Unfinished(cancellation)).Where(id => !running.ContainsKey(id)).Take(AtATime - running.Count).ToList())
            {
                running[id] = Carry(id, cancellation);
            }
        }

        await Task.WhenAll(running.Values);
    }

    private async Task<bool> Next(CancellationToken cancellation)
    {
        await Task.Delay(Interval, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellation.IsCancellationRequested;
    }

    /// <summary>Oldest first.</summary>
    private async Task<IReadOnlyList<string>> Unfinished(CancellationToken cancellation)
    {
        try
        {
            await using var session = store.QuerySession();
            return await session.Query<OperationClaim>().OrderBy(c => c.OperationId).Select(c => c.OperationId).ToListAsync(cancellation);
        }
        catch (Exception exception)
        {
            if (!cancellation.IsCancellationRequested)
            {
                log.LogWarning(exception, "Cannot look for unfinished operations at the moment");
            }

            return [];
        }
    }

    private async Task Carry(string operationId, CancellationToken cancellation)
    {
        try
        {
            if (await runner.Run(operationId, cancellation))
            {
                return;
            }
        }
        catch (Exception exception)
        {
            if (!cancellation.IsCancellationRequested)
            {
                log.LogError(exception, "Operation {Operation} was interrupted and will be taken up again", operationId);
            }
        }

        await Task.Delay(NextTry, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
