using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Insights.Feed;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Publishing;
using Wolverine.Http;

namespace Monolith.Insights.Topics;

/// <param name="After">Events after this sequence; all when left out.</param>
public sealed record ReplayTopic(string? Reason, long? After = null)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason").Require(After is null or >= 0, "after", "must not be negative");
}

/// <summary>Where a topic is.</summary>
/// <param name="Epoch">What its messages carry from now on in <c>monolith-epoch</c>.</param>
/// <param name="Sequence">Events after this one are published next.</param>
public sealed record TopicView(string Name, string Epoch, long Sequence);

public static class ReplayTopicEndpoint
{
    public static ProblemDetails Validate(ReplayTopic command) => command.Check().ToProblem();

    /// <summary>Publishes events to a topic once more, under a new epoch. Nothing else ever does.</summary>
    [WolverinePost("/admin/topics/{name}/replay"), Allow(Role.Operator)]
    [ProducesResponseType<TopicView>(StatusCodes.Status202Accepted)]
    public static async Task<IResult> Post(
        string name, ReplayTopic command, IEnumerable<IEventTopic> topics, IDocumentSession session, FeedReader feed, CancellationToken cancellation)
    {
        if (!topics.Any(t => t.Name == name))
        {
            return Results.Problem(ProblemTypes.NotFound.With("There is no such topic, or it is not switched on."));
        }

        var again = (await session.LoadAsync<TopicPosition>(name, cancellation) ?? TopicPosition.New(name, 0)).Again(command.After ?? 0);
        session.Store(again);
        return Results.Json(new TopicView(name, again.Epoch(await feed.Epoch(cancellation)), again.Sequence), statusCode: StatusCodes.Status202Accepted);
    }
}
