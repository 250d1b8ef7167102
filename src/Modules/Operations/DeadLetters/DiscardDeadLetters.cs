using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Wolverine.Http;

namespace Monolith.Operations.DeadLetters;

public static class DiscardDeadLetterEndpoint
{
    public static ProblemDetails Validate(TreatDeadLetter command) => command.Check().ToProblem();

    /// <summary>Removes a dead letter for good; what it should have done is not done.</summary>
    [WolverinePost("/admin/dead-letters/{id}/discard"), Allow(Role.Operator)]
    [ProducesResponseType<DeadLettersTreated>(StatusCodes.Status200OK)]
    public static async Task<IResult> Post(
        string id, TreatDeadLetter command, DeadLetterBoxes boxes, IDocumentSession session, HttpContext http, TimeProvider time,
        CancellationToken cancellation)
    {
        var discarded = await boxes.Discard([id], cancellation);
        if (discarded.Count == 0)
        {
            return Results.Problem(GetDeadLetterEndpoint.Missing);
        }

        await DeadLetterJournal.Record(
            session, new DeadLettersDiscarded(discarded, command.Reason!, http.User.Subject(), time.BusinessNow()), cancellation);
        return CommandReply.Ok(new DeadLettersTreated(discarded.Count));
    }
}

public static class DiscardDeadLettersEndpoint
{
    public static ProblemDetails Validate(TreatDeadLetters command) => command.Check().ToProblem();

    /// <summary>Removes all that match for good; what they should have done is not done.</summary>
    [WolverinePost("/admin/dead-letters/discard"), Allow(Role.Operator)]
    [ProducesResponseType<DeadLettersTreated>(StatusCodes.Status200OK)]
    public static async Task<IResult> Post(
        TreatDeadLetters command, DeadLetterBoxes boxes, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var discarded = await boxes.Discard(await boxes.Select(command.Filter, command.AtMost, cancellation), cancellation);
        if (discarded.Count > 0)
        {
            await DeadLetterJournal.Record(
                session, new DeadLettersDiscarded(discarded, command.Reason!, http.User.Subject(), time.BusinessNow()), cancellation);
        }

        return CommandReply.Ok(new DeadLettersTreated(discarded.Count));
    }
}
