using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;

namespace Monolith.Insights.Feed;

/// <summary>From where on, and what, a client wants to read of the feed.</summary>
[QueryParameters]
public sealed record FeedRange(
    [property: Description("Events after this sequence; 0, from the beginning, when left out.")] long? After,
    [property: Description("Only these types, separated by commas: `OrderPlaced`, or `monolith.ordering.OrderPlaced`.")] string? Types,
    [property: Description("The epoch that the sequence is of; 410 when the feed has another one.")] string? Epoch);

/// <inheritdoc cref="FeedRange"/>
public sealed class FeedQuery : ReadQuery
{
    private const int DefaultLimit = 50;
    private const int LargestLimit = 200;

    /// <param name="resumes">Whether the client may say where it was by <c>Last-Event-ID</c>, as readers of server-sent events do.</param>
    public FeedQuery(HttpContext http, bool resumes)
        : base(http)
    {
        Limit = Number("limit", DefaultLimit, 1, LargestLimit);
        // The cursor of a page is the sequence of its last event.
        Errors.Require(!Has("after") || !Has("cursor"), "cursor", "must not be given together with after");
        After = Sequence("after") ?? Sequence("cursor") ?? 0;
        Types = Value("types")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Epoch = Value("epoch");
        Errors.Require(Types is not { Count: 0 }, "types", "must name a type");
        if (resumes)
        {
            Resume(http.Request.Headers["Last-Event-ID"].ToString());
        }
    }

    public int Limit { get; }

    public long After { get; private set; }

    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? Types { get; }

    public string? Epoch { get; private set; }

    internal static (FeedQuery, FeedRange) Read(HttpContext http, bool resumes)
    {
        var query = new FeedQuery(http, resumes);
        return (query, new FeedRange(query.After, query.Types is null ? null : string.Join(',', query.Types), query.Epoch));
    }

    /// <summary>The id of an event in a stream is its epoch and its sequence.</summary>
    private void Resume(string lastEventId)
    {
        if (lastEventId.Length == 0)
        {
            return;
        }

        var parts = lastEventId.Split('.');
        if (parts is [{ Length: > 0 } epoch, var sequence] && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            (Epoch, After) = (epoch, after);
        }
        else
        {
            Errors.Add("Last-Event-ID", "must be the id of an event of this stream");
        }
    }
}
