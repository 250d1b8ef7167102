using Monolith.Kernel.Paging;
using Npgsql;
using NpgsqlTypes;

namespace Monolith.Operations.DeadLetters;

/// <summary>What the message store knows a dead letter by: one message may lie there once for each queue in which it failed.</summary>
/// <param name="PublicId">The message's id and a short digest of the queue, fit for an address.</param>
internal sealed record MessageKey(string PublicId, Guid MessageId, string Queue);

/// <summary>
/// Finds the keys of dead messages. The message store itself lists them oldest first and by page numbers, which shift while letters come
/// and go; so the keys are found here, and all else is done by the store.
/// </summary>
internal sealed class MessageKeys(NpgsqlDataSource database)
{
    private const string PublicId = "(id::text || '-' || left(encode(sha256(convert_to(received_at, 'UTF8')), 'hex'), 8))";
    private const string FailedAt = "coalesce(failed_at, sent_at)";
    private const int LengthOfMessageId = 36;

    private const string Matching =
        $"""
        select {PublicId}, id, received_at from wolverine.wolverine_dead_letters
        where archived_at is null
          and ($1 is null or message_type = $1 or right(message_type, length($1) + 1) = '.' || $1)
          and ($2 is null or exception_type = $2 or right(exception_type, length($2) + 1) = '.' || $2)
          and ($3 is null or {FailedAt} >= $3) and ($4 is null or {FailedAt} < $4)
        """;

    public Task<IReadOnlyList<MessageKey>> Newest(DeadLetterFilter filter, Cursor? after, int limit, CancellationToken cancellation) => Read(
        $"{Matching} and ($5 is null or ({FailedAt}, {PublicId}) < ($5, $6)) order by {FailedAt} desc, {PublicId} desc limit $7",
        [.. Parameters(filter), Time(after?.At), Text(after?.Id), new() { Value = limit }],
        cancellation);

    public Task<IReadOnlyList<MessageKey>> Oldest(DeadLetterFilter filter, int limit, CancellationToken cancellation) =>
        Read($"{Matching} order by {FailedAt}, {PublicId} limit $5", [.. Parameters(filter), new() { Value = limit }], cancellation);

    /// <summary>Those that exist.</summary>
    public Task<IReadOnlyList<MessageKey>> Of(IReadOnlyCollection<string> publicIds, CancellationToken cancellation) => Read(
        $"select {PublicId}, id, received_at from wolverine.wolverine_dead_letters where archived_at is null and id = any ($1) and {PublicId} = any ($2)",
        [
            new() { Value = publicIds.Select(MessageIdIn).OfType<Guid>().ToArray() },
            new() { Value = publicIds.ToArray() },
        ],
        cancellation);

    /// <summary>
    /// The inbox remembers a message for minutes after it was handled, to know it again when it is delivered twice. A replay is meant, so it
    /// is forgotten there.
    /// </summary>
    /// <returns>Those that are not in the inbox: one that is, is waiting or at work.</returns>
    public async Task<IReadOnlyList<MessageKey>> LeaveInbox(IReadOnlyList<MessageKey> keys, CancellationToken cancellation)
    {
        const string sameKeys = "(id, received_at) in (select * from unnest($1, $2))";
        var handled = Command($"delete from wolverine.wolverine_incoming_envelopes where status = 'Handled' and {sameKeys}", keys);
        await using (handled)
        {
            await handled.ExecuteNonQueryAsync(cancellation);
        }

        await using var command = Command($"select id, received_at from wolverine.wolverine_incoming_envelopes where {sameKeys}", keys);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var busy = new HashSet<(Guid, string)>();
        while (await reader.ReadAsync(cancellation))
        {
            busy.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return [.. keys.Where(key => !busy.Contains((key.MessageId, key.Queue)))];
    }

    private NpgsqlCommand Command(string sql, IReadOnlyList<MessageKey> keys)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(keys.Select(key => key.MessageId).ToArray());
        command.Parameters.AddWithValue(keys.Select(key => key.Queue).ToArray());
        return command;
    }

    private async Task<IReadOnlyList<MessageKey>> Read(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var keys = new List<MessageKey>();
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(new MessageKey(reader.GetString(0), reader.GetGuid(1), reader.GetString(2)));
        }

        return keys;
    }

    private static NpgsqlParameter[] Parameters(DeadLetterFilter filter) => [Text(filter.MessageType), Text(filter.ExceptionType), Time(filter.From), Time(filter.To)];

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Time(DateTimeOffset? value) =>
        new() { Value = (object?)value?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static Guid? MessageIdIn(string publicId) =>
        publicId.Length > LengthOfMessageId && Guid.TryParseExact(publicId[..LengthOfMessageId], "D", out var id) ? id : null;
}
