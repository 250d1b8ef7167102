using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// The indexes of a table that serve nothing but searches. Nobody searches a table that is still being filled, and made at once at the end they
/// cost much less than row by row.
/// </summary>
internal static class SearchIndexes
{
    /// <summary>Takes them away.</summary>
    /// <returns>The statements that make them again.</returns>
    public static async Task<IReadOnlyList<string>> Take(NpgsqlDataSource database, ShadowTable table, CancellationToken cancellation)
    {
        var indexes = new List<(string Name, string Definition)>();
        await using (var command = database.CreateCommand(
            "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index where indrelid = $1::regclass and not indisunique"))
        {
            command.Parameters.AddWithValue(table.Shadow);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                indexes.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var (name, _) in indexes)
        {
            await Execute(database, $"drop index {name}", cancellation);
        }

        return [.. indexes.Select(i => i.Definition)];
    }

    public static Task Make(NpgsqlDataSource database, string definition, CancellationToken cancellation) => Execute(database, definition, cancellation);

    private static async Task Execute(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
