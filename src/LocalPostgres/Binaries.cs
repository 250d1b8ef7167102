using System.ComponentModel;
using System.Text.RegularExpressions;

namespace Monolith.LocalPostgres;

/// <summary>One installed set of server programs.</summary>
internal sealed partial record Binaries(string Folder, int Major)
{
    private const int OldestMajor = 13;

    public string PgCtl => Path.Combine(Folder, Executable("pg_ctl"));
    public string InitDb => Path.Combine(Folder, Executable("initdb"));

    public static async Task<Binaries> FindAsync(ServerFolder folder, LocalPostgresOptions options, CancellationToken cancellation)
    {
        var needed = folder.Major;
        var downloads = options.BinariesDirectory is { } configured ? Path.GetFullPath(configured) : Path.Combine(folder.Place, "binaries");
        var usual = options.BinariesDirectory is null ? BinaryPlaces.Usual() : [];

        var seen = new List<Binaries>();
        foreach (var place in BinaryPlaces.Below(downloads).Concat(usual).Distinct(StringComparer.Ordinal))
        {
            if (await TryAsync(place, folder.Account, cancellation) is not { } found)
                continue;
            if (found.Major >= OldestMajor && found.Major == (needed ?? found.Major))
                return found;
            seen.Add(found);
        }

        if (needed is { } major && seen.Count > 0)
            throw new LocalPostgresException(
                $"The data in '{folder.Data}' was made by PostgreSQL {major}, but here is only {Describe(seen)}. "
                + $"Install PostgreSQL {major}; or, if the data may go, delete '{folder.Data}'; "
                + "or carry it over with pg_dump or pg_upgrade.");

        options.Progress?.Invoke(seen.Count == 0
            ? "No PostgreSQL on this machine: downloading one"
            : $"No PostgreSQL from {OldestMajor} on (only {Describe(seen)}): downloading one");
        var downloaded = await BinaryDownload.RunAsync(downloads, needed, options.MavenRepository, cancellation);
        await folder.Account.OwnAsync(Path.GetDirectoryName(downloaded)!, cancellation);
        return await TryAsync(downloaded, folder.Account, cancellation) ?? throw new LocalPostgresException(
            $"The downloaded PostgreSQL in '{downloaded}' does not run"
            + (folder.Account.Name is { } name ? $" as the user '{name}' (can that user reach it?)" : "") + ". " + BinaryPlaces.HowToInstall);
    }

    /// <summary>Null for programs that are incomplete, broken or out of reach of the server's account.</summary>
    private static async Task<Binaries?> TryAsync(string place, ServerAccount account, CancellationToken cancellation)
    {
        if (!BinaryPlaces.IsComplete(place))
            return null;
        var postgres = Path.Combine(place, Executable("postgres"));
        try
        {
            var answer = await account.RunAsync(postgres, ["--version"], Path.GetPathRoot(place)!, cancellation);
            return answer.Succeeded && MajorPattern().Match(answer.Output) is { Success: true } match
                ? new Binaries(place, int.Parse(match.Groups["major"].ValueSpan))
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string Describe(IEnumerable<Binaries> seen) =>
        string.Join(", ", seen.Select(x => $"PostgreSQL {x.Major} in {x.Folder}"));

    public static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MajorPattern();
}
