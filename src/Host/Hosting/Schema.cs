using JasperFx;
using Npgsql;
using Weasel.Core.Migrations;

namespace Monolith.Host.Hosting;

/// <summary>
/// Brings a database to the schema of this version: events and messages as the owner, what the log has beside them, then the grants, which also hand the module
/// schemas to the application role. The running application itself changes no schema.
/// </summary>
internal static class Schema
{
    /// <exception cref="CannotStartException">No connection string is configured.</exception>
    public static async Task Apply(IConfiguration configuration)
    {
        var owner = configuration.GetConnectionString(Database.OwnerName) ?? configuration.GetConnectionString(Database.Name)
            ?? throw new CannotStartException(
                $"Set ConnectionStrings__{Database.OwnerName} to the connection string of the role that owns the schema.");

        await using var app = HostFor(owner);
        foreach (var database in await Databases(app))
        {
            await database.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        }

        await Run("log.sql", owner);
        await Run("grants.sql", owner);
    }

    /// <summary>The whole schema as SQL for an empty database. Needs no database.</summary>
    public static async Task<string> Script()
    {
        await using var app = HostFor("Host=localhost;Database=monolith");
        var scripts = (await Databases(app)).Select(database => ScriptOf(database).ReplaceLineEndings("\n").Trim());
        return string.Join("\n\n", [.. scripts, Resource.Read("log.sql").ReplaceLineEndings("\n").Trim()]) + "\n";
    }

    /// <summary>Tables of types that share a name, as generic ones do, come in another order in every process; here they come by their own names.</summary>
    private static string ScriptOf(IDatabase database)
    {
        var features = database.BuildFeatureSchemas().ToList();
        var inOrder = features
            .OrderBy(feature => features.FindIndex(other => other.StorageType.Name == feature.StorageType.Name))
            .ThenBy(feature => feature.Objects.FirstOrDefault()?.Identifier.QualifiedName, StringComparer.Ordinal);
        var script = new StringWriter();
        database.Migrator.WriteScript(script, (migrator, writer) =>
        {
            migrator.WriteSchemaCreationSql(database.AllSchemaNames(), writer);
            foreach (var part in inOrder.SelectMany(feature => feature.Objects))
            {
                part.WriteCreateStatement(migrator, writer);
            }
        });
        return script.ToString();
    }

    /// <summary>Events and documents, then messages: two databases to the tools, one to us.</summary>
    private static async Task<IReadOnlyList<IDatabase>> Databases(WebApplication app)
    {
        var databases = new List<IDatabase>();
        foreach (var source in app.Services.GetServices<IDatabaseSource>())
        {
            databases.AddRange(await source.BuildDatabases());
        }

        return databases;
    }

    /// <summary>A host that knows the whole schema and is never started.</summary>
    public static WebApplication HostFor(string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A change of the schema takes its time, and nobody waits for it.
        var patient = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 };
        patient.Options = $"{patient.Options} -c lock_timeout=0".Trim();
        builder.Configuration[$"ConnectionStrings:{Database.Name}"] = patient.ConnectionString;
        // As Development does: what the modules register must not need more than is here.
        builder.Host.UseDefaultServiceProvider(services => services.ValidateOnBuild = true);
        builder.AddModules();
        builder.AddStorage();
        builder.AddMessaging();
        return builder.Build();
    }

    private static async Task Run(string script, string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Resource.Read(script), connection);
        await command.ExecuteNonQueryAsync();
    }
}
