using Npgsql;

namespace Monolith.Host.Hosting;

/// <summary>Roles and an empty database on a private server, as <c>db/init</c> makes them on a real one.</summary>
internal static class FreshDatabase
{
    private const string Owner = "monolith_owner";
    private const string App = "monolith_app";
    private const string Archiver = "monolith_archiver";

    /// <returns>The connection strings of the owner, of the application and of the archiver.</returns>
    public static async Task<(string Owner, string App, string Archiver)> Ensure(string superuser, string name, string password)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
        await Execute(connection, Resource.Read("roles.sql"));
        foreach (var role in new[] { Owner, App, Archiver })
        {
            await Execute(connection, $"alter role {role} password '{password.Replace("'", "''", StringComparison.Ordinal)}'");
        }

        if (!await Exists(connection, name))
        {
            await Execute(connection, $"create database {name} owner {Owner} template template0 encoding 'UTF8' locale 'C'");
        }

        return (For(superuser, name, Owner), For(superuser, name, App), For(superuser, name, Archiver));
    }

    /// <summary>The same server and password with another role and database.</summary>
    public static string For(string connectionString, string database, string role) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Username = role }.ConnectionString;

    private static async Task<bool> Exists(NpgsqlConnection connection, string name)
    {
        await using var command = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection);
        command.Parameters.AddWithValue(name);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
