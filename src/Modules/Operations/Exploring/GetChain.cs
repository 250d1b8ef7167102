using System.Globalization;
using Marten;
using Marten.Events.Archiving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Operations.Exploring;

public static class GetChainEndpoint
{
    /// <summary>A correlation may be a client's own and cover more than a chain; this many events of it are looked at.</summary>
    private const int Most = 2_000;

    /// <summary>What caused an event and what it caused, across modules: commands, events and messages.</summary>
    [WolverineGet("/admin/events/{sequence}/chain"), AllowStaffAnd]
    [ProducesResponseType<CausationChain>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string sequence, IQuerySession session, CancellationToken cancellation)
    {
        var number = long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        var found = await session.Events.QueryAllRawEvents().Where(e => e.Sequence == number && e.MaybeArchived()).ToListAsync(cancellation);
        if (found is not [var wanted])
        {
            return Results.Problem(ProblemTypes.NotFound.With("There is no event with this sequence."));
        }

        var correlation = wanted.CorrelationId;
        var related = correlation is null ? found : await session.Events.QueryAllRawEvents()
            .Where(e => e.CorrelationId == correlation && e.MaybeArchived()).OrderBy(e => e.Sequence).Take(Most).ToListAsync(cancellation);
        return Results.Json(CausationChain.Of(number, related.Any(e => e.Sequence == number) ? related : [.. related, wanted]));
    }
}
