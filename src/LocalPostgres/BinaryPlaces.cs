namespace Monolith.LocalPostgres;

/// <summary>Where installations of PostgreSQL are found.</summary>
internal static class BinaryPlaces
{
    public const string HowToInstall =
        "Install PostgreSQL (Debian: apt-get install postgresql; macOS: brew install postgresql; "
        + "Windows: winget install PostgreSQL.PostgreSQL), or set the folder of its programs, or configure a connection string.";

    /// <summary>PATH first, then the places of installers with the newest version first.</summary>
    public static IEnumerable<string> Usual() =>
        OnPath().Concat(Patterns().SelectMany(Expand));

    /// <summary>The folder itself, and what was downloaded below it.</summary>
    public static IEnumerable<string> Below(string folder) =>
        Directory.Exists(folder) ? [folder, .. Versions(folder, "*", "bin")] : [];

    public static bool IsComplete(string folder) =>
        ((string[])["pg_ctl", "initdb", "postgres"]).All(x => File.Exists(Path.Combine(folder, Binaries.Executable(x))));

    /// <summary>A link on the PATH leads to the folder that holds all the programs.</summary>
    private static IEnumerable<string> OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(x => new FileInfo(Path.Combine(x, Binaries.Executable("pg_ctl"))))
            .Where(x => x.Exists)
            .Select(x => Path.GetDirectoryName((x.ResolveLinkTarget(returnFinalTarget: true) ?? x).FullName)!);

    private static IEnumerable<(string Root, string Pattern)> Patterns() =>
        OperatingSystem.IsWindows()
            ? [(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*")]
            : [
                ("/usr/lib/postgresql", "*"),
                ("/usr", "pgsql-*"),
                ("/usr/libexec", "postgresql*"),
                ("/opt/homebrew/opt", "postgresql*"),
                ("/usr/local/opt", "postgresql*"),
                ("/home/linuxbrew/.linuxbrew/opt", "postgresql*"),
                ("/Applications/Postgres.app/Contents/Versions", "*"),
            ];

    private static IEnumerable<string> Expand((string Root, string Pattern) place) =>
        Versions(place.Root, place.Pattern, "bin").Concat(Versions(place.Root, place.Pattern, ""));

    private static IEnumerable<string> Versions(string root, string pattern, string below) =>
        Directory.Exists(root)
            ? Directory.EnumerateDirectories(root, pattern)
                .OrderByDescending(x => Number(Path.GetFileName(x)))
                .Select(x => Path.Combine(x, below))
            : [];

    private static int Number(string name) =>
        int.TryParse(new string([.. name.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]), out var number) ? number : 0;
}
