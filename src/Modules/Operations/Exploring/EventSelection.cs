using Monolith.Kernel.History;
using Npgsql;

namespace Monolith.Operations.Exploring;

/// <summary>Which events to read from the log, in which order.</summary>
/// <param name="Events">A query of rows of the table of events; <c>{log}</c> stands for the table.</param>
/// <param name="Order">What the rows are ordered by.</param>
internal sealed record EventSelection(string Events, string Order, params IReadOnlyList<NpgsqlParameter> Parameters)
{
    public const string Log = "{log}";

    public const int Sequence = 0;
    public const int Stream = 1;
    public const int StreamType = 2;
    public const int Version = 3;
    public const int Type = 4;
    public const int RecordedAt = 5;
    public const int Actor = 6;
    public const int Correlation = 7;
    public const int Causation = 8;
    public const int Trace = 9;
    public const int Data = 10;

    /// <param name="schema">That of the log.</param>
    public NpgsqlCommand ToCommand(string schema)
    {
        // Columns in the order of the numbers above.
        var command = new NpgsqlCommand(
            $"""
            select e.seq_id, e.stream_id, (select s.type from {schema}.mt_streams s where s.id = e.stream_id and s.is_archived = e.is_archived),
                   e.version, e.type, e.timestamp, e.user_name, e.correlation_id, e.causation_id, e.headers ->> '{RecordedEvent.TraceHeader}',
                   e.data::text
            from ({Events.Replace(Log, $"{schema}.mt_events", StringComparison.Ordinal)}) e
            order by {Order}
            """);
        foreach (var parameter in Parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        return command;
    }
}
