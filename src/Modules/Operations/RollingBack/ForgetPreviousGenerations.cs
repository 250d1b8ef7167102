using Marten;
using Monolith.Kernel;
using Monolith.Kernel.Folding;
using Monolith.Operations.Rebuilding;
using Monolith.Operations.Rebuilding.SideBySide;

namespace Monolith.Operations.RollingBack;

/// <summary>Drops the generations that have been kept long enough. Sent every hour.</summary>
public sealed record ForgetPreviousGenerations;

public static class ForgetPreviousGenerationsHandler
{
    public static async Task Handle(
        ForgetPreviousGenerations message, IDocumentSession session, RebuildSettings settings, TimeProvider time,
        CancellationToken cancellation)
    {
        var before = time.BusinessNow() - settings.KeepPreviousFor;
        foreach (var old in await session.Query<PreviousGeneration>().Where(p => p.KeptSince < before).ToListAsync(cancellation))
        {
            // Not under an operation that may be about to go back to it.
            if (await session.LoadAsync<OperationClaim>(old.Id, cancellation) is not null)
            {
                continue;
            }

            session.QueueSqlCommand($"drop schema if exists {PreviousGeneration.SchemaOf(old.Id)} cascade");
            session.Delete<PreviousGeneration>(old.Id);
            var name = $"{old.Id}Previous";
            session.DeleteWhere<SetAsideEvent>(e => e.Projection == name);
        }
    }
}
