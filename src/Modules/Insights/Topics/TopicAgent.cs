using System.Globalization;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monolith.Insights.Feed;
using Monolith.Kernel.Publishing;
using Monolith.Kernel.Reading;
using Monolith.Kernel.Running;

namespace Monolith.Insights.Topics;

/// <summary>
/// Publishes the feed to the topics. A page is published in the order of the log, and the place in it moves when the broker has
/// confirmed the page: nothing is lost, order per key is kept, and after a fault a page may come twice under the same ids.
/// </summary>
internal sealed class TopicAgent(
    IEnumerable<IEventTopic> topics, IDocumentStore store, FeedReader feed, IOptions<JsonOptions> json, TimeProvider time, ILogger<TopicAgent> log)
    : WorkingAgent("topics")
{
    private const int PageSize = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);

    /// <summary>A broker that is away holds up no other.</summary>
    protected override Task Work(CancellationToken cancellation) => Task.WhenAll(topics.Select(topic => Work(topic, cancellation)));

    private async Task Work(IEventTopic topic, CancellationToken cancellation)
    {
        var rest = ShortestRest;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var hasMore = await PublishPage(topic, cancellation);
                rest = ShortestRest;
                await Task.Delay(hasMore ? TimeSpan.Zero : Pause, time, cancellation);
            }
            catch (Exception exception)
            {
                if (!cancellation.IsCancellationRequested)
                {
                    log.LogWarning(exception, "Cannot publish to {Topic} at the moment", topic.Name);
                    await Task.Delay(rest, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
                }
            }
        }
    }

    /// <returns>Whether there is more already.</returns>
    private async Task<bool> PublishPage(IEventTopic topic, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        var position = await session.LoadAsync<TopicPosition>(topic.Name, cancellation);
        if (position is null)
        {
            position = TopicPosition.New(topic.Name, await Freshness.Mark(session, cancellation));
            session.Store(position);
            await session.SaveChangesAsync(cancellation);
        }

        var (events, through) = await feed.Read(types: null, position.Sequence, PageSize, cancellation);
        if (through == position.Sequence)
        {
            return false;
        }

        if (events.Count > 0)
        {
            var epoch = position.Epoch(await feed.Epoch(cancellation));
            await topic.Publish([.. events.Select(e => Message(e, epoch))], cancellation);
        }

        session.Store(position with { Sequence = through });
        await session.SaveChangesAsync(cancellation);
        return events.Count == PageSize;
    }

    private TopicMessage Message(CloudEvent e, string epoch) => new(
        e.Id, e.Subject, e.Type, long.Parse(e.Sequence, CultureInfo.InvariantCulture), epoch, JsonSerializer.SerializeToUtf8Bytes(e, json.Value.SerializerOptions));
}
