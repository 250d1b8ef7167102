using Marten;
using Npgsql;

namespace Monolith.Operations.Health;

/// <summary>What the database tells of asynchronous work beside the positions of projections.</summary>
/// <param name="IdleTransactions">Seconds since each transaction began that has been idle for longer than <see cref="TooLong"/>.</param>
internal sealed record Signals(long OpenDeadLetters, IReadOnlyList<double> IdleTransactions)
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(20);

    public static async Task<Signals> Load(IDocumentStore store, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            select (select count(*) from {store.Options.Events.DatabaseSchemaName}.mt_doc_deadletterevent)
                 + (select count(*) from wolverine.wolverine_dead_letters),
                   array(select extract(epoch from now() - xact_start)::float8 from pg_stat_activity
                         where datname = current_database() and state like 'idle in transaction%' and now() - state_change > $1
                         order by xact_start)
            """);
        command.Parameters.AddWithValue(TooLong);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new Signals(reader.GetInt64(0), reader.GetFieldValue<double[]>(1));
    }
}
