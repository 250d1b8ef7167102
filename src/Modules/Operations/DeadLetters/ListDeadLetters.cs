using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Operations.DeadLetters;

public static class ListDeadLettersEndpoint
{
    public static (CollectionQuery, DeadLetterFilter) Load(HttpContext http)
    {
        var query = new CollectionQuery(http);
        return (query, DeadLetterFilter.Read(query));
    }

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>What failed for good and waits for a person, by the time it was set aside, newest first.</summary>
    [WolverineGet("/admin/dead-letters"), AllowStaffAnd]
    [ProducesResponseType<Page<DeadLetterView>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        CollectionQuery query, DeadLetterFilter filter, DeadLetterBoxes boxes, HttpContext http, CancellationToken cancellation) =>
        Page.Answer(await boxes.List(filter, query, http.User, cancellation), http);
}

public static class GetDeadLetterEndpoint
{
    /// <summary>A dead letter. One that was replayed or discarded is gone; one that failed again is there again.</summary>
    [WolverineGet("/admin/dead-letters/{id}"), AllowStaffAnd]
    [ProducesResponseType<DeadLetterView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string id, DeadLetterBoxes boxes, HttpContext http, CancellationToken cancellation) =>
        await boxes.Find(id, http.User, cancellation) is { } letter ? Results.Json(letter) : Results.Problem(Missing);

    internal static ProblemDetails Missing => ProblemTypes.NotFound.With("There is no such dead letter; it may have been replayed or discarded.");
}
