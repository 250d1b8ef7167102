using Npgsql;
using Wolverine.Runtime.Serialization;

namespace Monolith.Operations.Health;

/// <summary>
/// How long messages wait. The rows do not say since when: the message itself says when it was sent, and a later moment counts when it was
/// scheduled for that, or was given back from the dead letters. Message ids ascend with time, so the first ones are the oldest.
/// </summary>
internal static class Waiting
{
    private const int Sample = 100;
    private const int Most = 10_000;

    public static string Outbox(string schema) =>
        $"""
        select now(), o.body, null::timestamptz, null::timestamptz
        from {schema}.wolverine_outgoing_envelopes o order by o.id limit {Sample}
        """;

    /// <summary>
    /// A scheduled one counts when its time is past; it stands there until the next look at the schedule. Those that wait are found first, by the indexes that
    /// hold nothing else: in the order of their ids, the database would walk past every message that is handled or scheduled. Of very many, some are looked at.
    /// </summary>
    public static string Inbox(string schema) =>
        $"""
        with
          unowned as materialized (select id, received_at from {schema}.wolverine_incoming_envelopes where status = 'Incoming' and owner_id = 0 limit {Most}),
          owned as materialized (select id, received_at from {schema}.wolverine_incoming_envelopes where status = 'Incoming' and owner_id <> 0 limit {Most}),
          oldest as (
            (select * from unowned order by id limit {Sample})
            union all
            (select * from owned order by id limit {Sample})
            union all
            (select id, received_at from {schema}.wolverine_incoming_envelopes
             where status = 'Scheduled' and execution_time < now() order by execution_time limit {Sample}))
        select now(), w.body, w.execution_time, (select h.last_replayed_at from {schema}.wolverine_dead_letter_history h where h.id = w.id)
        from oldest join {schema}.wolverine_incoming_envelopes w using (id, received_at)
        """;

    /// <returns>Seconds; 0 for a message that nobody can read, which is set aside when its turn comes.</returns>
    public static double Age(NpgsqlDataReader reader)
    {
        try
        {
            var sent = EnvelopeSerializer.Deserialize(reader.GetFieldValue<byte[]>(1)).SentAt;
            DateTimeOffset[] since = [sent, .. Later(reader, 2), .. Later(reader, 3)];
            return Math.Max(0, (reader.GetFieldValue<DateTimeOffset>(0) - since.Max()).TotalSeconds);
        }
        catch (Exception exception) when (exception is InvalidEnvelopeException or IOException or FormatException or ArgumentException)
        {
            return 0;
        }
    }

    private static IEnumerable<DateTimeOffset> Later(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? [] : [reader.GetFieldValue<DateTimeOffset>(column)];
}
