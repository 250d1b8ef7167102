using System.Runtime.CompilerServices;
using System.Text;
using Monolith.Contracts.Operations;
using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <param name="Hash">Equal for equal content, whatever the order of its members and the notation of its numbers.</param>
internal readonly record struct RowHash(string Id, long Version, long Hash);

/// <summary>
/// Compares two generations of a projection row by row, by merging both tables in the order of their ids: exact, and in constant memory.
/// </summary>
/// <param name="versionsCount">
/// Rows of different versions are not compared: they were written in between. Without this they have versions that mean nothing.
/// </param>
internal sealed class Comparison(bool versionsCount, long position, bool isExact)
{
    private const int MostExamples = 20;

    /// <summary>One-sided rows are remembered up to here, in case that they were written in between.</summary>
    private const int MostOneSided = 10_000;

    private readonly List<string> examples = [];
    private readonly List<(string Example, string Id, bool IsLive)> oneSided = [];
    private long rows;
    private long onlyLive;
    private long onlyRebuilt;
    private long different;
    private long moving;

    public ProjectionComparison Result => new(position, rows, onlyLive, onlyRebuilt, different, moving, isExact, examples);


    public async Task Add(ShadowTable tables, NpgsqlConnection live, NpgsqlConnection rebuilt, CancellationToken cancellation)
    {
        var table = tables.Name;
        await using var left = Read(live, tables.Live, cancellation).GetAsyncEnumerator(cancellation);
        await using var right = Read(rebuilt, tables.Shadow, cancellation).GetAsyncEnumerator(cancellation);
        var (l, r) = (await Next(left), await Next(right));
        while ((l, r) is not (null, null))
        {
            rows++;
            switch (Order(l, r))
            {
                case < 0:
                    onlyLive++;
                    Note(table, l!.Value.Id, isLive: true);
                    l = await Next(left);
                    break;
                case > 0:
                    onlyRebuilt++;
                    Note(table, r!.Value.Id, isLive: false);
                    r = await Next(right);
                    break;
                default:
                    Compare(table, l!.Value, r!.Value);
                    (l, r) = (await Next(left), await Next(right));
                    break;
            }
        }
    }

    private async IAsyncEnumerable<RowHash> Read(
        NpgsqlConnection connection, string table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select id::text, {(versionsCount ? "mt_version" : "0::bigint")}, jsonb_hash_extended(data, 0) from {table} order by id::text collate \"C\"", connection)
        { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return new RowHash(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2));
        }
    }

    /// <summary>Rows of these streams were written in between, if only one side has them.</summary>
    public void Excuse(IEnumerable<string> moved)
    {
        var ids = moved.ToHashSet(StringComparer.Ordinal);
        foreach (var (example, _, isLive) in oneSided.Where(row => ids.Contains(row.Id)))
        {
            moving++;
            (onlyLive, onlyRebuilt) = isLive ? (onlyLive - 1, onlyRebuilt) : (onlyLive, onlyRebuilt - 1);
            examples.Remove(example);
        }
    }

    private void Compare(string table, RowHash live, RowHash rebuilt)
    {
        if (versionsCount && live.Version != rebuilt.Version)
        {
            moving++;
        }
        else if (live.Hash != rebuilt.Hash)
        {
            different++;
            Note(table, live.Id);
        }
    }

    private void Note(string table, string id, bool isLive)
    {
        if (oneSided.Count < MostOneSided)
        {
            oneSided.Add(($"{table}/{id}", id, isLive));
        }

        Note(table, id);
    }

    private void Note(string table, string id)
    {
        if (examples.Count < MostExamples)
        {
            examples.Add($"{table}/{id}");
        }
    }

    /// <summary>As the database orders by bytes; what is missing comes last.</summary>
    private static int Order(RowHash? live, RowHash? rebuilt) => (live, rebuilt) switch
    {
        (null, _) => 1,
        (_, null) => -1,
        ({ Id: var l }, { Id: var r }) => Encoding.UTF8.GetBytes(l).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(r)),
    };

    private static async Task<RowHash?> Next(IAsyncEnumerator<RowHash> source) => await source.MoveNextAsync() ? source.Current : null;
}
