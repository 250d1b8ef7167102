using System.Globalization;
using JasperFx;
using Marten;
using Monolith.Kernel;

namespace Monolith.Insights.Feed;

/// <summary>
/// Which log a sequence is of. It comes into being with the feed and stays, so a client that kept its place over the loss or the exchange of the database
/// is told that the place means nothing any more.
/// </summary>
public sealed record FeedEpoch(string Id, string Value)
{
    private const string Only = "feed";

    internal static async Task<string> Current(IDocumentStore store, TimeProvider time, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<FeedEpoch>(Only, cancellation) is { } known)
        {
            return known.Value;
        }

        session.Insert(new FeedEpoch(Only, time.BusinessNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture)));
        try
        {
            await session.SaveChangesAsync(cancellation);
        }
        catch (DocumentAlreadyExistsException)
        {
            // Another request was the first one.
        }

        await using var again = store.QuerySession();
        return (await again.LoadAsync<FeedEpoch>(Only, cancellation))!.Value;
    }
}
