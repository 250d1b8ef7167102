using System.Security.Claims;
using Monolith.Kernel.Access;
using Monolith.Kernel.Paging;
using Npgsql;
using Wolverine.Persistence.Durability;
using Wolverine.Persistence.Durability.DeadLetterManagement;
using Wolverine.Runtime;

namespace Monolith.Operations.DeadLetters;

/// <summary>
/// Messages that no handler could handle. A replay puts them into the inbox of the queue in which they failed, from where some node takes
/// them within seconds. That their effect happens once is up to their handlers, which decide by what is recorded already.
/// </summary>
public sealed class MessageDeadLetters(IWolverineRuntime runtime, NpgsqlDataSource database, Masks masks) : IDeadLetterBox
{
    private readonly MessageKeys keys = new(database);

    public DeadLetterSource Source => DeadLetterSource.Message;

    private IDeadLetters Store => runtime.Storage.DeadLetters;

    public async Task<IReadOnlyList<DeadLetterView>> List(
        DeadLetterFilter filter, Cursor? after, int limit, ClaimsPrincipal reader, CancellationToken cancellation) =>
        [.. (await Load(await keys.Newest(filter, after, limit, cancellation), cancellation)).Select(letter => View(letter, reader))];

    public async Task<DeadLetterView?> Find(string id, ClaimsPrincipal reader, CancellationToken cancellation) =>
        (await Load(await keys.Of([id], cancellation), cancellation)).Select(letter => View(letter, reader)).FirstOrDefault();

    public async Task<IReadOnlyList<string>> Select(DeadLetterFilter filter, int limit, CancellationToken cancellation) =>
        [.. (await keys.Oldest(filter, limit, cancellation)).Select(key => key.PublicId)];

    public async Task<IReadOnlyList<string>> Replay(IReadOnlyList<string> ids, Treatment treatment, CancellationToken cancellation)
    {
        var letters = await Load(await keys.Of(ids, cancellation), cancellation);
        var readable = letters.Where(letter => Read(letter.Envelope) is not null).Select(letter => letter.Key).ToList();
        var free = await keys.LeaveInbox(readable, cancellation);
        await ForEachQueue(free, query => Store.ReplayMatchingAsync(query, cancellation));
        return [.. free.Select(key => key.PublicId)];
    }

    public async Task<IReadOnlyList<string>> Discard(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var known = await keys.Of(ids, cancellation);
        await ForEachQueue(known, query => Store.DiscardMatchingAsync(query, cancellation));
        return [.. known.Select(key => key.PublicId)];
    }

    /// <summary>The store looks for a message's id and a queue, and both must match.</summary>
    private static async Task ForEachQueue(IEnumerable<MessageKey> keys, Func<DeadLetterEnvelopeQuery, Task> act)
    {
        foreach (var queue in keys.GroupBy(key => key.Queue, StringComparer.Ordinal))
        {
            await act(new DeadLetterEnvelopeQuery([.. queue.Select(key => key.MessageId)]) { ReceivedAt = queue.Key });
        }
    }

    /// <summary>In the order of the keys; those that have gone meanwhile are left out.</summary>
    private async Task<IReadOnlyList<(MessageKey Key, DeadLetterEnvelope Envelope)>> Load(IReadOnlyList<MessageKey> wanted, CancellationToken cancellation)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        // Without a size the page has all of them.
        var found = await Store.QueryAsync(new DeadLetterEnvelopeQuery([.. wanted.Select(key => key.MessageId)]) { PageSize = 0 }, cancellation);
        var byKey = found.Envelopes.ToDictionary(envelope => (envelope.Id, envelope.ReceivedAt));
        return [.. wanted.Where(key => byKey.ContainsKey((key.MessageId, key.Queue))).Select(key => (key, byKey[(key.MessageId, key.Queue)]))];
    }

    private object? Read(DeadLetterEnvelope letter) => MessageBody.Read(letter.Envelope, letter.MessageType, runtime.Options.DefaultSerializer);

    private DeadLetterView View((MessageKey Key, DeadLetterEnvelope Envelope) letter, ClaimsPrincipal reader)
    {
        var (key, dead) = letter;
        var message = Read(dead);
        return new DeadLetterView(
            key.PublicId, Source, dead.MessageType.Split('.')[^1], key.Queue, dead.ExceptionType, MessageBody.Complaint(dead.ExceptionMessage, reader),
            dead.SentAt, dead.FailedAt ?? dead.SentAt, dead.Envelope.Attempts, dead.ReplayCount, message is not null, dead.Replayable,
            MessageBody.Show(message, masks, reader));
    }
}
