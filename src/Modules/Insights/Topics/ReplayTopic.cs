using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Insights.Feed;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Publishing;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Insights.Topics;

/// <param name="After">Events after this sequence, up to which the topic has come at least; all when left out.</param>
public sealed record ReplayTopic(string? Reason, long? After = null)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason").Require(After is null or >= 0, "after", "must not be negative");
}

public static class ReplayTopicEndpoint
{
    public static ProblemDetails Validate(ReplayTopic command) => command.Check().ToProblem();

    /// <summary>Publishes events to a topic once more, under a new epoch. Nothing else ever does.</summary>
    [WolverinePost("/admin/topics/{name}/replay"), Allow(Role.Operator)]
    [ProducesResponseType<TopicView>(StatusCodes.Status202Accepted), ProducesResponseType(StatusCodes.Status422UnprocessableEntity)]
    public static async Task<IResult> Post(
        string name, ReplayTopic command, IEnumerable<IEventTopic> topics, IDocumentSession session, FeedReader feed, CancellationToken cancellation)
    {
        if (!topics.Any(t => t.Name == name))
        {
            return Results.Problem(TopicView.None);
        }

        var mark = await Freshness.Mark(session, cancellation);
        var now = await session.LoadAsync<TopicPosition>(name, cancellation) ?? TopicPosition.New(name, mark);
        if (command.After > now.Sequence)
        {
            return Results.Problem(ProblemTypes.RuleViolated.With($"The topic has come to {now.Sequence}: what is between would never be published."));
        }

        var again = now.Again(command.After ?? 0);
        session.Store(again);
        return Results.Accepted($"/admin/topics/{name}", TopicView.Of(again, await feed.Epoch(cancellation), mark));
    }
}
