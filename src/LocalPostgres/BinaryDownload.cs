using MysticMind.PostgresEmbed;

namespace Monolith.LocalPostgres;

/// <summary>Fetches server programs with PostgresEmbed, which is used for nothing else.</summary>
internal static class BinaryDownload
{
    private const int UsualMajor = 17;

    /// <returns>The folder of the programs.</returns>
    public static async Task<string> RunAsync(string folder, int? major, string mavenRepository, CancellationToken cancellation)
    {
        ServerFolder.CreateOpen(folder);
        try
        {
            await using var package = new PgServer(new PgServerOptions
            {
                PgVersion = (major ?? UsualMajor).ToString(),
                BinariesDir = folder,
                DbDir = folder,
                MavenRepo = mavenRepository,
            });
            await package.InstallAsync(cancellation);
            return package.PgBinDir;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw new LocalPostgresException(
                $"There is no PostgreSQL on this machine, and downloading one from {mavenRepository} failed: {e.Message} "
                + BinaryPlaces.HowToInstall, e);
        }
    }
}
