using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Npgsql;
using Wolverine.Http;

namespace Monolith.Operations.Exploring;

/// <summary>A stream as the log has it.</summary>
/// <param name="Type">What it is the history of; null in a stream of no type.</param>
/// <param name="Version">The number of its events.</param>
/// <param name="UpdatedAt">When it was last appended to.</param>
/// <param name="Events">A page of them, oldest first.</param>
public sealed record StreamView(
    string StreamId, string? Type, long Version, bool IsArchived, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt, Page<RecordedEvent> Events);

public static class GetStreamEndpoint
{
    public static NumberedQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(NumberedQuery query) => query.Errors.ToProblem();

    /// <summary>Any stream, archived or not, and a page of its events, oldest first.</summary>
    [WolverineGet("/admin/streams/{streamId}"), AllowStaffAnd]
    [ProducesResponseType<StreamView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        string streamId, NumberedQuery query, IQuerySession session, Masks masks, HttpContext http, CancellationToken cancellation)
    {
        if (await Find(streamId, session, cancellation) is not { } stream)
        {
            return Results.Problem(ProblemTypes.NotFound.With("There is no such stream."));
        }

        var events = await LoggedEvents.Read(session, EventsOf(streamId, query.AfterNumber, query.Limit + 1), cancellation);
        var page = Page.Of([.. events.Select(e => LoggedEvents.Show(e, masks, http.User))], query.Limit, e => Cursor.Of(e.Version));
        Page.Announce(page, http);
        // Nothing projects it; but when it moves into the archive, it looks different at the same version.
        return new Representation(stream with { Events = page }, new EntityTag(stream.Version, stream.IsArchived ? 1 : 0));
    }

    /// <summary>A limit on the version, too: of a long stream the database would expect many events, and scan for them.</summary>
    internal static EventSelection EventsOf(string stream, long after, int limit) => new(
        $"select * from {EventSelection.Log} e where e.stream_id = @stream and e.version > @after and e.version <= @last",
        "e.version",
        new NpgsqlParameter("stream", stream), new NpgsqlParameter("after", after), new NpgsqlParameter("last", after + limit));

    private static async Task<StreamView?> Find(string streamId, IQuerySession session, CancellationToken cancellation)
    {
        var schema = session.DocumentStore.Options.Events.DatabaseSchemaName;
        await using var command = new NpgsqlCommand(
            $"select s.type, s.version, s.is_archived, s.created, s.timestamp from {schema}.mt_streams s where s.id = @stream");
        command.Parameters.AddWithValue("stream", streamId);
        await using var reader = await session.ExecuteReaderAsync(command, cancellation);
        return await reader.ReadAsync(cancellation)
            ? new StreamView(
                streamId,
                await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetString(0),
                reader.GetInt64(1),
                reader.GetBoolean(2),
                await reader.GetFieldValueAsync<DateTimeOffset>(3, cancellation),
                await reader.GetFieldValueAsync<DateTimeOffset>(4, cancellation),
                new Page<RecordedEvent>([], Next: null))
            : null;
    }
}
