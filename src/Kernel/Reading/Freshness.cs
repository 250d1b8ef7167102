using Marten;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Problems;

namespace Monolith.Kernel.Reading;

/// <summary>
/// Reads of asynchronous models say how far their model is (<c>Monolith-As-Of</c>) and wait for a wanted sequence (<c>minSequence</c>),
/// so that a client can read its own writes.
/// </summary>
public static class Freshness
{
    public const string AsOfHeader = "Monolith-As-Of";

    private const string HighWaterMark = "HighWaterMark";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>
    /// Waits until the projection has passed the sequence and sets the header. The position is read before the data, never after:
    /// the data may be newer than the header says, but not older.
    /// </summary>
    /// <returns>Null when the model is fresh enough, else the answer to give: 503 after 5 s.</returns>
    public static Task<IResult?> Await(
        IQuerySession session, string projection, long? minSequence, HttpContext http, TimeProvider time, CancellationToken cancellation) =>
        Await(session, [projection], minSequence, http, time, cancellation);

    /// <summary>The same for an answer that is made of several models: it is as fresh as the one that is furthest back.</summary>
    public static Task<IResult?> Await(
        IQuerySession session, IEnumerable<string> projections, long? minSequence, HttpContext http, TimeProvider time, CancellationToken cancellation) =>
        AwaitShards(session, [.. projections.Select(p => $"{p}:All")], minSequence, http, time, cancellation);

    /// <summary>The same for an answer from the log itself, as far as it is settled.</summary>
    public static Task<IResult?> AwaitMark(
        IQuerySession session, long? minSequence, HttpContext http, TimeProvider time, CancellationToken cancellation) =>
        AwaitShards(session, [HighWaterMark], minSequence, http, time, cancellation);

    /// <summary>The sequence up to which the log is settled: no transaction can add anything below it any more.</summary>
    public static Task<long> Mark(IQuerySession session, CancellationToken cancellation) => Position(session, [HighWaterMark], cancellation);

    /// <summary>The sequence that a projection has passed.</summary>
    public static Task<long> Position(IQuerySession session, string projection, CancellationToken cancellation) =>
        Position(session, [$"{projection}:All"], cancellation);

    private static Task<IResult?> AwaitShards(
        IQuerySession session, string[] shards, long? minSequence, HttpContext http, TimeProvider time, CancellationToken cancellation) =>
        Await(() => Position(session, shards, cancellation), minSequence, http, time, cancellation);

    /// <summary>The same for a model that says by itself how far it is.</summary>
    public static async Task<IResult?> Await(
        Func<Task<long>> now, long? minSequence, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        long position;
        while ((position = await now()) < (minSequence ?? 0))
        {
            if (time.GetElapsedTime(start) > Patience)
            {
                http.Response.Headers.RetryAfter = "1";
                return Results.Problem(ProblemTypes.ReadModelBehind.With($"The model is at {position}, and was to reach {minSequence}."));
            }

            await Task.Delay(Pause, time, cancellation);
        }

        http.Response.Headers[AsOfHeader] = position.ToString();
        return null;
    }

    private static async Task<long> Position(IQuerySession session, string[] shards, CancellationToken cancellation)
    {
        var events = session.DocumentStore.Options.Events.DatabaseSchemaName;
        var rows = await session.AdvancedSql.QueryAsync<long>(
            $"""
            select coalesce(min(coalesce(p.last_seq_id, 0)), 0)
            from unnest(?) as wanted(name) left join {events}.mt_event_progression p on p.name = wanted.name
            """,
            cancellation, [shards]);
        return rows[0];
    }
}
