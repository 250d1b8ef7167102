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

/// <summary>How far a topic is.</summary>
/// <param name="Epoch">What its messages carry in <c>monolith-epoch</c>.</param>
/// <param name="Sequence">Events up to this one have been confirmed by the broker.</param>
/// <param name="Mark">Up to here they can be published; when both are the same, nothing waits.</param>
public sealed record TopicView(string Name, string Epoch, long Sequence, long Mark)
{
    internal static ProblemDetails None => ProblemTypes.NotFound.With("There is no such topic, or it is not switched on.");

    internal static TopicView Of(TopicPosition position, string feed, long mark) => new(position.Id, position.Epoch(feed), position.Sequence, mark);
}

public static class ViewTopicEndpoint
{
    /// <summary>How far the feed has been published to a broker.</summary>
    [WolverineGet("/admin/topics/{name}"), AllowStaffAnd]
    [ProducesResponseType<TopicView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        string name, IEnumerable<IEventTopic> topics, IQuerySession session, FeedReader feed, CancellationToken cancellation)
    {
        if (!topics.Any(t => t.Name == name))
        {
            return Results.Problem(TopicView.None);
        }

        var mark = await Freshness.Mark(session, cancellation);
        var position = await session.LoadAsync<TopicPosition>(name, cancellation) ?? TopicPosition.New(name, mark);
        return Results.Json(TopicView.Of(position, await feed.Epoch(cancellation), mark));
    }
}
