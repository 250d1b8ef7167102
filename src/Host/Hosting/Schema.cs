using JasperFx;
using JasperFx.Resources;
using Marten;
using Npgsql;

namespace Monolith.Host.Hosting;

/// <summary>
/// Brings a database to the schema of this version: events and messages as the owner, then the grants, which also hand the module
/// schemas to the application role. The running application itself changes no schema.
/// </summary>
internal static class Schema
{
    /// <exception cref="InvalidOperationException">No connection string is configured.</exception>
    public static async Task Apply(IConfiguration configuration)
    {
        var owner = configuration.GetConnectionString(Database.OwnerName) ?? configuration.GetConnectionString(Database.Name)
            ?? throw new InvalidOperationException(
                $"Set ConnectionStrings__{Database.OwnerName} to the connection string of the role that owns the schema.");

        await using var app = HostFor(owner);
        await app.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await app.SetupResources();
        await Grant(owner);
    }

    /// <summary>A host that knows the whole schema and is never started.</summary>
    public static WebApplication HostFor(string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration[$"ConnectionStrings:{Database.Name}"] = connectionString;
        builder.AddModules();
        builder.AddStorage();
        builder.AddMessaging();
        return builder.Build();
    }

    private static async Task Grant(string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Resource.Read("grants.sql"), connection);
        await command.ExecuteNonQueryAsync();
    }
}
