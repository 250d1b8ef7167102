using Marten;

namespace Monolith.Kernel.Commands;

/// <summary>
/// Holds streams until the session's transaction ends, so that commands that depend on the same ones follow each other instead of
/// failing each other. Whoever holds several gets them in the order of their keys, so nobody waits in a circle.
/// </summary>
public static class StreamLocks
{
    /// <returns>Those that are held: there is nothing to hold of a stream without events.</returns>
    public static async Task<IReadOnlyList<string>> Lock(this IDocumentSession session, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        await session.BeginTransactionAsync(cancellation);
        var schema = session.DocumentStore.Options.Events.DatabaseSchemaName;
        return await session.AdvancedSql.QueryAsync<string>(
            $"select id from {schema}.mt_streams where id = any (?) order by id for update", cancellation, [keys.ToArray()]);
    }
}
