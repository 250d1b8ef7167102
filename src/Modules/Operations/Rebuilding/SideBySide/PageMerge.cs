using JasperFx.Events.Projections;
using Marten;
using Npgsql;
using Weasel.Core;
using Weasel.Storage;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// Lets a projection fold a page of the log, and puts all documents that it stored into their tables at once, with its progress in one
/// transaction: a fraction of what a statement for each of them costs.
/// </summary>
internal sealed class PageMerge(DocumentStore store, string shard, IJasperFxProjection<IDocumentOperations> projection)
{
    private readonly Dictionary<Type, DocumentMerge> merges = [];

    /// <returns>Null for a projection that does not fold pages by itself.</returns>
    public static PageMerge? Of(DocumentStore store, AsyncShard<IDocumentOperations, IQuerySession> shard) =>
        store.Options.Projections.All.Single() is ProjectionWrapper<IDocumentOperations, IQuerySession> { Inner: var projection }
        && projection is not IEventEnrichment<IQuerySession>
            ? new PageMerge(store, shard.Name.Identity, projection)
            : null;

    /// <returns>False when the projection did more with the session than to store documents; then nothing of that has been written.</returns>
    public async Task<bool> Try(EventPage page, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        if (page.Count > 0)
        {
            await projection.ApplyAsync(session, page, cancellation);
        }

        var changes = session.PendingChanges.Operations().ToList();
        var stored = changes.OfType<IDocumentStorageOperation>().Where(o => o.Role() == OperationRole.Upsert).ToList();
        if (stored.Count < changes.Count || session.PendingChanges.Streams().Count > 0 || stored.Exists(o => MergeOf(o.DocumentType).CountsRevisions))
        {
            return false;
        }

        await using var connection = store.Storage.Database.CreateConnection();
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var documents in stored.GroupBy(o => o.DocumentType))
        {
            await MergeOf(documents.Key).Write(connection, documents.Select(o => o.Document), cancellation);
        }

        await Progress(connection, page, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private DocumentMerge MergeOf(Type document) =>
        merges.TryGetValue(document, out var known) ? known : merges[document] = DocumentMerge.Of(store, document);

    private async Task Progress(NpgsqlConnection connection, EventPage page, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into {store.Options.Events.DatabaseSchemaName}.mt_event_progression as p (name, last_seq_id) values ($1, $2)
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp() where p.last_seq_id = $3
            """,
            connection);
        command.Parameters.AddWithValue(shard);
        command.Parameters.AddWithValue(page.Ceiling);
        command.Parameters.AddWithValue(page.Floor);
        if (await command.ExecuteNonQueryAsync(cancellation) == 0)
        {
            throw new InvalidOperationException($"The progress of {shard} is not {page.Floor}: somebody else has moved it.");
        }
    }
}
