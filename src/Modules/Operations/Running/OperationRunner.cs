using Marten;
using Monolith.Operations.Correcting;
using Monolith.Operations.Rebuilding;
using Npgsql;

namespace Monolith.Operations.Running;

/// <summary>Gives an operation that is not finished to what can carry it through, unless another process is at work on its target.</summary>
public sealed class OperationRunner(IDocumentStore store, NpgsqlDataSource database, RebuildRunner rebuilds, FeeReviewRunner fees)
{
    /// <returns>False when another process is at work on the target; it has to be tried again, in case that one dies.</returns>
    public async Task<bool> Run(string operationId, CancellationToken cancellation)
    {
        if (await Find(operationId, cancellation) is not { IsFinished: false, Target: var target })
        {
            return true;
        }

        await using var turn = await Turn.Take(database, target, cancellation);
        if (turn is null)
        {
            return false;
        }

        if (await Find(operationId, cancellation) is { IsFinished: false } operation)
        {
            await (operation.Review is null ? rebuilds.Run(operation, turn, cancellation) : fees.Run(operation, turn, cancellation));
        }

        return true;
    }

    private async Task<Operation?> Find(string operationId, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Operation>(Operation.StreamOf(operationId), cancellation);
    }
}
