using System.Globalization;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Npgsql;
using Wolverine.Http;

namespace Monolith.Operations.Exploring;

public static class GetChainEndpoint
{
    /// <summary>A correlation may be a client's own and cover more than a chain; this many events of it are looked at.</summary>
    internal const int Most = 2_000;

    /// <summary>
    /// What caused an event and what it caused, across modules: commands, events and messages. Of a correlation with very many events, only the
    /// first are looked at; <c>truncated</c> says so.
    /// </summary>
    [WolverineGet("/admin/events/{sequence}/chain"), AllowStaffAnd]
    [ProducesResponseType<CausationChain>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string sequence, IQuerySession session, CancellationToken cancellation)
    {
        var number = long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        var found = await LoggedEvents.Load(session, EventAt(number), cancellation);
        if (found is not [var wanted])
        {
            return Results.Problem(ProblemTypes.NotFound.With("There is no event with this sequence."));
        }

        var related = wanted.CorrelationId is { } correlation ? await LoggedEvents.Load(session, Correlated(correlation), cancellation) : found;
        return Results.Json(CausationChain.Of(wanted, related, Most));
    }

    internal static EventSelection EventAt(long sequence) => new(
        $"select * from {EventSelection.Log} e where e.seq_id = @sequence", "e.seq_id", new NpgsqlParameter("sequence", sequence));

    /// <summary>One more than are looked at, to know whether there are more.</summary>
    internal static EventSelection Correlated(string correlation) => new(
        $"select * from {EventSelection.Log} e where e.correlation_id = @correlation order by e.seq_id limit @limit",
        "e.seq_id",
        new NpgsqlParameter("correlation", correlation), new NpgsqlParameter("limit", Most + 1));
}
