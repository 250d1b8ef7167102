using System.Globalization;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.History;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Operations.Exploring;

public static class GetEventEndpoint
{
    /// <summary>One event of the log, archived or not.</summary>
    [WolverineGet("/admin/events/{sequence}"), AllowStaffAnd]
    [ProducesResponseType<RecordedEvent>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string sequence, IQuerySession session, Masks masks, HttpContext http, CancellationToken cancellation)
    {
        var number = long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        return await LoggedEvents.Read(session, GetChainEndpoint.EventAt(number), cancellation) is [var found]
            ? Results.Json(LoggedEvents.Show(found, masks, http.User))
            : Results.Problem(ProblemTypes.NotFound.With("There is no event with this sequence."));
    }
}
