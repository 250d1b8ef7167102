using Npgsql;

namespace Monolith.Operations.Exploring;

/// <summary>
/// Finds events by whatever is known of them, newest first. Everything that is given has to fit. A page is read from an index in the order that
/// this has, from where the page begins: the database must not walk through all newer events in search of old ones. That it would do so gladly
/// is why a value is a range of one value here, and part of the order.
/// </summary>
/// <param name="Types">Stored names.</param>
/// <param name="From">Recorded at this time or later.</param>
/// <param name="To">Recorded before this time.</param>
internal sealed record EventSearch(
    IReadOnlyList<string>? Types = null, string? StreamId = null, string? CorrelationId = null, string? Actor = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    private const string Log = EventSelection.Log;
    private const string BySequence = "e.seq_id desc";

    /// <summary>The versions of a stream follow each other as its events do in the log.</summary>
    private const string ByVersion = "e.version desc";

    /// <summary>Almost the order of the log, but for what the clocks of the nodes differ and an append takes.</summary>
    private const string ByTime = "e.timestamp desc, e.seq_id desc";

    /// <param name="before">The sequence of the last event of the page before; 0 for the first page.</param>
    public EventSelection Page(long before, int limit)
    {
        var isFirst = before == 0;
        var (order, parts) = this switch
        {
            { StreamId: not null } => (ByVersion, (Part[])[new(isFirst ? "true" : OlderInStream, ByVersion)]),
            { From: not null } or { To: not null } => (ByTime, [new(isFirst ? "true" : OlderInTime, ByTime)]),
            { Types: { } types } => (BySequence, [.. types.Select((_, index) => Part.Of("type", $"type{index}"))]),
            { CorrelationId: not null } => (BySequence, [Part.Of("correlation_id", "correlation")]),
            { Actor: not null } => (BySequence, [Part.Of("user_name", "actor")]),
            _ => (BySequence, [new("e.seq_id < @before", BySequence)]),
        };
        var filters = Filters(parts[0]);
        var union = string.Join(" union all ", parts.Select(part => $"(select * from {Log} e where {part.Condition}{filters} order by {part.Order} limit @limit)"));
        return new EventSelection($"select * from ({union}) e order by {order} limit @limit", order, Parameters(isFirst ? long.MaxValue : before, limit));
    }

    /// <summary>Those after one place of the log and up to another, oldest first.</summary>
    public EventSelection Following(long after, long upTo, int limit) => new(
        $"select * from {Log} e where e.seq_id > @after and e.seq_id <= @upTo{Filters(new Part("true", BySequence))} order by e.seq_id limit @limit",
        "e.seq_id",
        [.. Parameters(before: 0, limit), new NpgsqlParameter("after", after), new NpgsqlParameter("upTo", upTo)]);

    private static string OlderInStream =>
        $"e.seq_id < @before and e.version < (select coalesce(min(c.version), {long.MaxValue}) from {Log} c where c.seq_id = @before and c.stream_id = @stream)";

    private static string OlderInTime => $"(e.timestamp, e.seq_id) < ((select c.timestamp from {Log} c where c.seq_id = @before), @before)";

    /// <summary>What else has to fit, beside what the order is about.</summary>
    private string Filters(Part part)
    {
        (bool Given, string Condition)[] filters =
        [
            (StreamId is not null, "e.stream_id = @stream"),
            (From is not null, "e.timestamp >= @from"),
            (To is not null, "e.timestamp < @to"),
            (Types is not null && part.Column != "type", "e.type = any (@types)"),
            (CorrelationId is not null && part.Column != "correlation_id", "e.correlation_id = @correlation"),
            (Actor is not null && part.Column != "user_name", "e.user_name = @actor"),
        ];
        return string.Concat(filters.Where(filter => filter.Given).Select(filter => $" and {filter.Condition}"));
    }

    private NpgsqlParameter[] Parameters(long before, int limit)
    {
        (string Name, object? Value)[] values =
        [
            ("before", before), ("limit", limit), ("stream", StreamId), ("from", From), ("to", To), ("types", Types?.ToArray()),
            ("correlation", CorrelationId), ("actor", Actor),
            .. (Types ?? []).Select((type, index) => ($"type{index}", (object?)type)),
        ];
        return [.. values.Where(value => value.Value is not null).Select(value => new NpgsqlParameter(value.Name, value.Value))];
    }

    /// <summary>Events that are next to each other in an index.</summary>
    private sealed record Part(string Condition, string Order, string? Column = null)
    {
        /// <summary>Those with one value in a column.</summary>
        public static Part Of(string column, string parameter) => new(
            $"e.{column} >= @{parameter} and (e.{column}, e.seq_id) < (@{parameter}, @before)", $"e.{column} desc, e.seq_id desc", column);
    }
}
