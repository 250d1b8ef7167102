using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Operations.DeadLetters;

public static class ReplayDeadLetterEndpoint
{
    public static ProblemDetails Validate(TreatDeadLetter command) => command.Check().ToProblem();

    /// <summary>Tries a dead letter again, within seconds. It is gone when that succeeds, and comes back when it fails.</summary>
    [WolverinePost("/admin/dead-letters/{id}/replay"), Allow(Role.Operator)]
    [ProducesResponseType<DeadLettersTreated>(StatusCodes.Status202Accepted)]
    public static async Task<IResult> Post(
        string id, TreatDeadLetter command, DeadLetterBoxes boxes, IDocumentSession session, HttpContext http, TimeProvider time,
        CancellationToken cancellation)
    {
        if (await boxes.Find(id, http.User, cancellation) is null)
        {
            return Results.Problem(GetDeadLetterEndpoint.Missing);
        }

        var replayed = await boxes.Replay([id], new Treatment(command.Reason!, http.User.Subject(), time.BusinessNow()), cancellation);
        if (replayed.Count == 0)
        {
            return Results.Problem(ProblemTypes.StateConflict.With("This program cannot read it, or it is being handled already."));
        }

        await DeadLetterJournal.Record(
            session, new DeadLettersReplayed(replayed, command.Reason!, http.User.Subject(), time.BusinessNow()), cancellation);
        return CommandReply.Accepted($"/admin/dead-letters/{id}", new DeadLettersTreated(replayed.Count));
    }
}

public static class ReplayDeadLettersEndpoint
{
    public static ProblemDetails Validate(TreatDeadLetters command) => command.Check().ToProblem();

    /// <summary>Tries all again that match, within seconds. Those that cannot be read stay where they are.</summary>
    [WolverinePost("/admin/dead-letters/replay"), Allow(Role.Operator)]
    [ProducesResponseType<DeadLettersTreated>(StatusCodes.Status202Accepted)]
    public static async Task<IResult> Post(
        TreatDeadLetters command, DeadLetterBoxes boxes, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var replayed = await boxes.Replay(
            await boxes.Select(command.Filter, command.AtMost, cancellation), new Treatment(command.Reason!, http.User.Subject(), time.BusinessNow()), cancellation);
        if (replayed.Count > 0)
        {
            await DeadLetterJournal.Record(
                session, new DeadLettersReplayed(replayed, command.Reason!, http.User.Subject(), time.BusinessNow()), cancellation);
        }

        return CommandReply.Accepted("/admin/dead-letters", new DeadLettersTreated(replayed.Count));
    }
}
