using Marten;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Kernel.Reading;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;
using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// The moment in which readers begin to see another generation: tables, positions, the generation's number and the record of it change in
/// one transaction. A process that dies leaves it done or not done, and nothing in between.
/// </summary>
internal sealed class Switch(
    IDocumentStore store, OperationJournal journal, Operation operation, Shadow shadow, ProjectionComparison comparison, TimeProvider time)
{
    /// <summary>While a lock is waited for, every reader waits behind it; better to let them through and try again.</summary>
    private const string LockTimeout = "500ms";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string events = store.Options.Events.DatabaseSchemaName;

    /// <param name="positions">How far the shadow's shards are, by the name of the live shard; none for an inline projection.</param>
    /// <param name="underLock">What has to be done while nobody reads or writes the live tables.</param>
    /// <returns>False when the tables were in use all the time.</returns>
    public async Task<bool> Try(
        IReadOnlyDictionary<string, long> positions, Func<Task> underLock, TimeSpan patience, CancellationToken cancellation)
    {
        for (var start = time.GetTimestamp(); ;)
        {
            try
            {
                await Once(positions, underLock, cancellation);
                return true;
            }
            catch (Exception exception) when (IsInUse(exception))
            {
                if (time.GetElapsedTime(start) > patience)
                {
                    return false;
                }

                await Task.Delay(Pause, time, cancellation);
            }
        }
    }

    /// <summary>Somebody holds a table, or an operator has said something about the operation in the same moment.</summary>
    private static bool IsInUse(Exception exception) => LostRace.Is(exception) || exception.GetBaseException() is PostgresException
    {
        SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected,
    };

    private async Task Once(IReadOnlyDictionary<string, long> positions, Func<Task> underLock, CancellationToken cancellation)
    {
        await using var session = await journal.Open(operation, cancellation);
        await session.BeginTransactionAsync(cancellation);
        var connection = session.Connection!;
        await Execute(connection, $"set local lock_timeout = '{LockTimeout}'", cancellation);
        await Execute(connection, $"lock table {string.Join(", ", shadow.Tables.Select(t => t.Live))} in access exclusive mode", cancellation);
        await underLock();

        var left = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (shard, position) in positions)
        {
            left[shard] = await Position(connection, shard, cancellation);
            await Move(connection, shard, position, cancellation);
        }

        await Exchange(connection, cancellation);
        await Execute(connection, $"delete from {events}.mt_event_progression where name like '{shadow.Source.Name}:%' or name like '{operation.Target}Previous:%'", cancellation);

        var generation = await ProjectionGeneration.Load(session, operation.Target, cancellation);
        session.Store(new ProjectionGeneration(operation.Target, generation + 1));
        session.Store(new PreviousGeneration(operation.Target, generation, left, time.BusinessNow()));
        session.Delete<ProjectionPause>(operation.Target);
        await TakeOver(session, cancellation);
        await OperationJournal.Append(
            session, operation, state => Check(state, operation), new ProjectionReplaced(operation.PublicId, generation + 1, comparison, time.BusinessNow()), cancellation);
        await session.SaveChangesAsync(cancellation);
    }

    /// <summary>What a generation has set aside goes where its tables go.</summary>
    private async Task TakeOver(IDocumentSession session, CancellationToken cancellation)
    {
        var own = await session.Query<SetAsideEvent>().Where(e => e.Projection == shadow.Source.Name).ToListAsync(cancellation);
        var left = await session.Query<SetAsideEvent>().Where(e => e.Projection == operation.Target).ToListAsync(cancellation);
        var previous = $"{operation.Target}Previous";
        session.DeleteWhere<SetAsideEvent>(e => e.Projection == shadow.Source.Name || e.Projection == operation.Target || e.Projection == previous);
        session.Store(own.Select(e => e.Under(operation.Target)).Concat(left.Select(e => e.Under(previous))).ToArray());
    }

    /// <exception cref="OperationCancelledException">An operator was faster.</exception>
    /// <exception cref="InvalidOperationException">Another node has taken the operation over.</exception>
    private static void Check(Operation now, Operation attempt)
    {
        if (now.Attempts != attempt.Attempts)
        {
            throw new InvalidOperationException("Another node has taken the operation over.");
        }

        if (now.IsCancelling)
        {
            throw new OperationCancelledException();
        }
    }

    /// <summary>Tables take their indexes along; statements find tables by name, and so follow.</summary>
    private async Task Exchange(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var previous = PreviousGeneration.SchemaOf(operation.Target);
        var incoming = $"incoming_{SchemaName.Of(operation.Target)}";
        await Execute(connection, $"alter schema {shadow.Schema} rename to {incoming}", cancellation);
        await Execute(connection, $"drop schema if exists {previous} cascade", cancellation);
        await Execute(connection, $"create schema {previous}", cancellation);
        foreach (var table in shadow.Tables)
        {
            await Execute(connection, $"alter table {incoming}.{table.Name} drop column if exists {ShadowTable.Ignored}", cancellation);
            await Execute(connection, $"alter table {table.Live} set schema {previous}", cancellation);
            await Execute(connection, $"alter table {incoming}.{table.Name} set schema {table.LiveSchema}", cancellation);
        }

        await Execute(connection, $"drop schema {incoming}", cancellation);
    }

    private async Task<long> Position(NpgsqlConnection connection, string shard, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select last_seq_id from {events}.mt_event_progression where name = $1 for update", connection);
        command.Parameters.AddWithValue(shard);
        return (long?)await command.ExecuteScalarAsync(cancellation) ?? 0;
    }

    private async Task Move(NpgsqlConnection connection, string shard, long position, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"insert into {events}.mt_event_progression (name, last_seq_id) values ($1, $2) on conflict (name) do update set last_seq_id = excluded.last_seq_id, agent_status = null, pause_reason = null, failure_category = null",
            connection);
        command.Parameters.AddWithValue(shard);
        command.Parameters.AddWithValue(position);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
