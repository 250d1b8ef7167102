using Monolith.LocalPostgres;
using Npgsql;

namespace Monolith.Host.Hosting;

/// <summary>
/// Where the data is: the configured database, or in Development a private server of this checkout that lives as long as the program.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>The connection string that the running application uses, with the rights of <c>monolith_app</c>.</summary>
    public const string Name = "Monolith";

    /// <summary>The connection string that applies the schema.</summary>
    public const string OwnerName = "MonolithOwner";

    /// <summary>The connection string that moves old streams into the archive; without one, none is archived.</summary>
    public const string ArchiverName = "MonolithArchiver";

    private const string DatabaseName = "monolith";

    private readonly LocalPostgresServer? server;

    private Database(string description, LocalPostgresServer? server = null)
    {
        Description = description;
        this.server = server;
    }

    /// <summary>Where the database is, for people; no credentials.</summary>
    public string Description { get; }

    public static async Task<Database> FindOrStart(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (configuration.GetConnectionString(Name) is { Length: > 0 } configured)
        {
            if (configuration.GetValue("Database:ApplySchema", builder.Environment.IsDevelopment()))
            {
                await Schema.Apply(configuration);
            }

            var parts = new NpgsqlConnectionStringBuilder(configured);
            return new Database($"{parts.Host}:{parts.Port}/{parts.Database}");
        }

        return builder.Environment.IsDevelopment()
            ? await StartPrivate(builder)
            : throw new CannotStartException(
                $"No database is configured. Set ConnectionStrings__{Name} to the connection string of the application role.");
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<Database> StartPrivate(WebApplicationBuilder builder)
    {
        var folder = Path.Combine(LocalFolder.Of(builder.Environment), "postgres");
        var started = await LocalPostgresServer.StartAsync(new LocalPostgresOptions { Directory = folder, Progress = Console.WriteLine });
        try
        {
            var (owner, app, archiver) = await FreshDatabase.Ensure(started.ConnectionString, DatabaseName, started.Password);
            builder.Configuration[$"ConnectionStrings:{OwnerName}"] = owner;
            builder.Configuration[$"ConnectionStrings:{Name}"] = app;
            builder.Configuration[$"ConnectionStrings:{ArchiverName}"] = archiver;
            await Schema.Apply(builder.Configuration);
            return new Database($"127.0.0.1:{started.Port}/{DatabaseName} (PostgreSQL {started.Version}, data in {folder})", started);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }
}
