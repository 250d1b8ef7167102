using Marten;
using Microsoft.Extensions.Hosting;
using Monolith.Operations.Correcting;
using Monolith.Operations.Rebuilding;
using Npgsql;
using Wolverine;

namespace Monolith.Operations.Running;

/// <summary>Gives an operation that is not finished to what can carry it through, unless another process is at work on its target.</summary>
public sealed class OperationRunner(
    IDocumentStore store, NpgsqlDataSource database, RebuildRunner rebuilds, FeeReviewRunner fees, IHostApplicationLifetime lifetime)
{
    /// <param name="cause">The message that asked for it.</param>
    /// <returns>False when another process is at work on the target; it has to be tried again, in case that one dies.</returns>
    public async Task<bool> Run(string operationId, Envelope cause, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        if (await Find(operationId, stop.Token) is not { IsFinished: false, Target: var target })
        {
            return true;
        }

        await using var turn = await Turn.Take(database, target, stop.Token);
        if (turn is null)
        {
            return false;
        }

        if (await Find(operationId, stop.Token) is { IsFinished: false } operation)
        {
            await (operation.Kind == OperationKind.Rebuild
                ? rebuilds.Run(operation, cause, turn, stop.Token)
                : fees.Run(operation, cause, stop.Token));
        }

        return true;
    }

    private async Task<Operation?> Find(string operationId, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Operation>(Operation.StreamOf(operationId), cancellation);
    }
}
